const TOKEN = /<\?[^?]*\?>|<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const LOOSE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

/** Names of all elements in order. @throws Error at the first place where the text is no well-formed XML. */
export function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (!token) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [whole, closes, name, , isEmpty] = token;
    if (LOOSE_AMPERSAND.test(whole)) throw new Error(`a loose & at ${at}: ${whole}`);
    if (!name) continue;
    if (!closes) names.push(name);
    if (!closes && !isEmpty) open.push(name);
    if (closes && open.pop() !== name) throw new Error(`</${name}> closes something else`);
  }
  if (open.length > 0) throw new Error(`unclosed: ${open.join(', ')}`);
  return names;
}

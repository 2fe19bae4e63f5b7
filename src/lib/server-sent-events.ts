/** An event of which so much came, and not its end, is an error. */
const MAX_EVENT_CHARACTERS = 1_000_000;

/** The data of each event, lines joined (WHATWG server-sent events); names, ids, comments and retry times are passed over. */
export async function* readServerSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const piece of body) {
    rest += decoder.decode(piece, { stream: true });
    // What follows the last line end is kept for the next piece, so a piece may end anywhere, even between CR and LF.
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      yield data.join('\n');
      data = [];
    }
    const held = data.reduce((length, line) => length + line.length, rest.length);
    if (held > MAX_EVENT_CHARACTERS) throw new RangeError('Expected an event of at most a million characters.');
  }
}

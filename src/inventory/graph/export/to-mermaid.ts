import { type Drawing, drawnArrows, oneLine, shortIds } from './drawing.ts';

/** A Mermaid flowchart. Anything that is not a plain letter, digit or space becomes an entity, so no label is markup. */
export function toMermaid(drawing: Drawing): string {
  const shorts = shortIds(drawing.vertices);
  const vertices = drawing.vertices.map(
    ({ id, label, kind }) => `  ${shorts.get(id)}["${escapeText(`${label} (${kind})`)}"]`,
  );
  const arrows = drawnArrows(drawing, shorts).map(
    ({ fromShort, toShort, kind }) => `  ${fromShort} -->|"${escapeText(kind)}"| ${toShort}`,
  );
  return `${['flowchart LR', ...vertices, ...arrows].join('\n')}\n`;
}

const escapeText = (text: string): string =>
  oneLine(text).replace(/[^\p{L}\p{N} .,:()_-]/gu, (character) => `#${character.codePointAt(0)};`) || ' ';

import { type Drawing, drawnArrows, oneLine, shortIds } from './drawing.ts';

/** Graphviz DOT. Quotes and backslashes are escaped: a label can neither end its string nor use escapes such as `\\N`, which Graphviz replaces. */
export function toDot(drawing: Drawing): string {
  const shorts = shortIds(drawing.vertices);
  const vertices = drawing.vertices.map(
    ({ id, label, kind }) => `  ${shorts.get(id)} [label=${quote(`${label} (${kind})`)}];`,
  );
  const arrows = drawnArrows(drawing, shorts).map(
    ({ fromShort, toShort, kind }) => `  ${fromShort} -> ${toShort} [label=${quote(kind)}];`,
  );
  return `${['digraph inventory {', '  charset="UTF-8";', '  rankdir=LR;', '  node [shape=box];', ...vertices, ...arrows, '}'].join('\n')}\n`;
}

/** Graphviz reads character entities in labels, hence the ampersand. */
const quote = (text: string): string =>
  `"${oneLine(text).replace(/&/g, '&amp;').replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

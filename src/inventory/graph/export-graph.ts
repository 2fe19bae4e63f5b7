import type { Arrow } from './arrow.ts';

/** The part of a graph that is exported: vertices with a label for people, and the arrows between them. */
export interface Drawing {
  readonly vertices: readonly DrawnVertex[];
  /** Arrows to vertices that are not listed are left out. */
  readonly arrows: readonly Arrow[];
}

interface DrawnVertex {
  readonly id: string;
  readonly label: string;
  /** `ec2`, `Host`, `vpc`, … */
  readonly kind: string;
}

export type GraphFormat = 'MERMAID' | 'DOT' | 'CYTOSCAPE' | 'GRAPHML';

/** Short ids (`v0`, `v1`, …) that are valid in every format: the graph's own ids contain characters that most formats reserve. */
function shortIds(vertices: readonly DrawnVertex[]): ReadonlyMap<string, string> {
  return new Map(vertices.map(({ id }, index) => [id, `v${index}`]));
}

interface DrawnArrow extends Arrow {
  readonly fromShort: string;
  readonly toShort: string;
}

const drawnArrows = (drawing: Drawing, shorts: ReadonlyMap<string, string>): readonly DrawnArrow[] =>
  drawing.arrows.flatMap((arrow) => {
    const fromShort = shorts.get(arrow.from);
    const toShort = shorts.get(arrow.to);
    return fromShort && toShort ? [{ ...arrow, fromShort, toShort }] : [];
  });

/** Line ends and other control characters become spaces: labels are one line. Lone surrogates become U+FFFD. */
const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+/g, ' ');

const WRITERS: Readonly<Record<GraphFormat, (drawing: Drawing) => string>> = {
  MERMAID: toMermaid,
  DOT: toDot,
  CYTOSCAPE: toCytoscape,
  GRAPHML: toGraphml,
};

export const exportGraph = (drawing: Drawing, format: GraphFormat): string => WRITERS[format](drawing);

/** A Mermaid flowchart. Anything that is not a plain letter, digit or space becomes an entity, so no label is markup. */
function toMermaid(drawing: Drawing): string {
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

/** Graphviz DOT. Quotes and backslashes are escaped: a label can neither end its string nor use escapes such as `\\N`, which Graphviz replaces. */
function toDot(drawing: Drawing): string {
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

/** Cytoscape.js elements as JSON: `{ elements: { nodes, edges } }`, with this graph's own ids. */
function toCytoscape(drawing: Drawing): string {
  const nodes = drawing.vertices.map(({ id, label, kind }) => ({ data: { id, label, kind } }));
  const edges = drawnArrows(drawing, shortIds(drawing.vertices)).map(
    ({ from, to, kind, relationship, confidence }, index) => ({
      data: { id: `arrow ${index}`, source: from, target: to, kind, relationship, confidence },
    }),
  );
  return JSON.stringify({ elements: { nodes, edges } }, null, 2);
}

const KEYS = [
  ['n_id', 'node', 'id'],
  ['n_label', 'node', 'label'],
  ['n_kind', 'node', 'kind'],
  ['e_kind', 'edge', 'kind'],
  ['e_relationship', 'edge', 'relationship'],
  ['e_confidence', 'edge', 'confidence'],
] as const;

/** GraphML 1.0 with declared keys. Characters that XML forbids become spaces. */
function toGraphml(drawing: Drawing): string {
  const shorts = shortIds(drawing.vertices);
  const keys = KEYS.map(([id, of, name]) => `  <key id="${id}" for="${of}" attr.name="${name}" attr.type="string"/>`);
  const nodes = drawing.vertices.map(
    ({ id, label, kind }) =>
      `    <node id="${shorts.get(id)}">${data('n_id', id)}${data('n_label', label)}${data('n_kind', kind)}</node>`,
  );
  const edges = drawnArrows(drawing, shorts).map(
    ({ fromShort, toShort, kind, relationship, confidence }, index) =>
      `    <edge id="e${index}" source="${fromShort}" target="${toShort}">${data('e_kind', kind)}${data('e_relationship', relationship)}${data('e_confidence', confidence)}</edge>`,
  );
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '  <graph id="inventory" edgedefault="directed">',
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
  ].join('\n')}\n`;
}

const data = (key: string, value: string | null): string =>
  value === null ? '' : `<data key="${key}">${escapeXml(value)}</data>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string =>
  oneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

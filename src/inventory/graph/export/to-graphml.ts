import { type Drawing, drawnArrows, oneLine, shortIds } from './drawing.ts';

const KEYS = [
  ['n_id', 'node', 'id'],
  ['n_label', 'node', 'label'],
  ['n_kind', 'node', 'kind'],
  ['e_kind', 'edge', 'kind'],
  ['e_relationship', 'edge', 'relationship'],
  ['e_confidence', 'edge', 'confidence'],
] as const;

/** GraphML 1.0 with declared keys. Characters that XML forbids become spaces. */
export function toGraphml(drawing: Drawing): string {
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

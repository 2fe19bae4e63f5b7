import { type Drawing, drawnArrows, shortIds } from './drawing.ts';

/** Cytoscape.js elements as JSON: `{ elements: { nodes, edges } }`, with this graph's own ids. */
export function toCytoscape(drawing: Drawing): string {
  const nodes = drawing.vertices.map(({ id, label, kind }) => ({ data: { id, label, kind } }));
  const edges = drawnArrows(drawing, shortIds(drawing.vertices)).map(
    ({ from, to, kind, relationship, confidence }, index) => ({
      data: { id: `arrow ${index}`, source: from, target: to, kind, relationship, confidence },
    }),
  );
  return JSON.stringify({ elements: { nodes, edges } }, null, 2);
}

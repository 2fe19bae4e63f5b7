import type { Drawing, GraphFormat } from './drawing.ts';
import { toCytoscape } from './to-cytoscape.ts';
import { toDot } from './to-dot.ts';
import { toGraphml } from './to-graphml.ts';
import { toMermaid } from './to-mermaid.ts';

const WRITERS: Readonly<Record<GraphFormat, (drawing: Drawing) => string>> = {
  MERMAID: toMermaid,
  DOT: toDot,
  CYTOSCAPE: toCytoscape,
  GRAPHML: toGraphml,
};

export const exportGraph = (drawing: Drawing, format: GraphFormat): string => WRITERS[format](drawing);

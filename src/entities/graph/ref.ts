import { builder } from '#graphql/builder.ts';
import type { PriceInput, PriceOf } from '#graphql/pricing/price.ts';
import { byId, fromWholeSet, RECENT_SCANS, requestCostsOf, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { LIVE_VERTICES } from '#inventory/graph/open-graph.ts';
import type {
  GraphArrowModel,
  GraphModel,
  GraphVertexModel,
  ImpactedAssetModel,
  ImpactModel,
  PathModel,
} from './model.ts';

export const Graph = builder.objectRef<GraphModel>('Graph');
export const GraphVertex = builder.objectRef<GraphVertexModel>('GraphVertex');
export const GraphArrow = builder.objectRef<GraphArrowModel>('GraphArrow');
export const Impact = builder.objectRef<ImpactModel>('Impact');
export const ImpactedAsset = builder.objectRef<ImpactedAssetModel>('ImpactedAsset');
export const Path = builder.objectRef<PathModel>('Path');

export const GraphDirection = builder.enumType('GraphDirection', {
  description: 'Which way to walk from the roots.',
  values: {
    DEPENDENCIES: { description: 'Along the relations: what the roots point at.' },
    DEPENDENTS: { description: 'Against the relations: what points at the roots.' },
    BOTH: { description: 'Either way.' },
  } as const,
});

export const GraphFormat = builder.enumType('GraphFormat', {
  description: 'A text format that other tools read.',
  values: {
    MERMAID: { description: 'A Mermaid flowchart, for Markdown.' },
    DOT: { description: 'Graphviz.' },
    CYTOSCAPE: { description: 'Cytoscape.js elements, as JSON.' },
    GRAPHML: { description: 'GraphML, for yEd, Gephi and others.' },
  } as const,
});

export const ImpactEffect = builder.enumType('ImpactEffect', {
  description: 'What happens to an asset when another goes.',
  values: {
    BREAKS: { description: 'It stops working.' },
    DEGRADES: { description: 'It goes on with less: fewer targets, less storage, one path fewer.' },
    ORPHANS: { description: 'It is left without purpose, and still costs.' },
    BLINDS: { description: 'It works, but is no longer monitored.' },
  } as const,
});

const ENDS = 2;
const LIVE_WALK = [
  RECENT_SCANS,
  fromWholeSet('CLOUD', 'accounts'),
  byId('CLOUD', 'resources'),
  wholeList('NETWORK', 'hosts'),
  wholeSet('NETWORK', 'serviceDependencies'),
  wholeList('NETWORK', 'services'),
] as const;

/** Where a walk begins: `roots` of graph, `id` of impact, the ends of paths. */
const rootsOf = ({ roots, id, from }: PriceInput['args']): readonly string[] =>
  [roots, id, from].flat().filter((vertex) => typeof vertex === 'string');

/** Nothing where the index has read every relation, and the roots; else both ends of the few assets that a live walk asks about. */
export const walkPrice: PriceOf = (input) => {
  if (input.fromIndex && rootsOf(input.args).every(input.holds)) return { side: 'CLOUD', requests: 0 };
  const edges = ENDS * LIVE_VERTICES;
  const also = LIVE_WALK.flatMap((price) => requestCostsOf(price({ ...input, parents: edges })));
  return { side: 'CLOUD', requests: edges, also };
};

import { builder } from '#graphql/builder.ts';
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
    BLINDS: { description: 'It works, but nobody watches it any more.' },
  } as const,
});

import { assetByRef } from '#entities/dependency/asset-by-ref.ts';
import { Asset, Confidence, DependencyKind, DependencyTarget, traitsOf } from '#entities/dependency/ref.ts';
import { builder } from '#graphql/builder.ts';
import { exportGraph } from '#inventory/graph/export/export-graph.ts';
import type { RequestContext } from '#loading/context.ts';
import { loadGraph, loadImpact, loadPaths, MAX_DEPTH, MAX_VERTICES } from './loaders.ts';
import type { GraphVertexModel } from './model.ts';
import { walkPrice } from './price.ts';
import {
  Graph,
  GraphArrow,
  GraphDirection,
  GraphFormat,
  GraphVertex,
  Impact,
  ImpactEffect,
  ImpactedAsset,
  Path,
} from './ref.ts';

GraphVertex.implement({
  description:
    'One vertex: an asset, or something that is in no inventory and only named by relations (a VPC, a subnet).',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'Global id; also of what is in no inventory, so that it can be a root again.',
    }),
    asset: t.field({
      type: Asset,
      nullable: true,
      description: 'The asset; null when it is in no inventory, see `target`.',
      resolve: ({ asset }, _, context) => asset && assetByRef(context, asset),
    }),
    target: t.field({
      type: DependencyTarget,
      nullable: true,
      description: 'What relations call it, when it is in no inventory; null for assets.',
      resolve: (vertex) => vertex.target,
    }),
    depth: t.exposeInt('depth', {
      description: 'Fewest steps from a root. The two sides of one machine are no step apart.',
    }),
  }),
});

GraphArrow.implement({
  description: 'One relation between two vertices, in the direction its upstream reports it.',
  fields: (t) => ({
    from: t.exposeID('from', { description: 'Id of the vertex it leaves.' }),
    to: t.exposeID('to', { description: 'Id of the vertex it arrives at.' }),
    kind: t.field({ type: DependencyKind, description: 'The canonical relation.', resolve: (arrow) => arrow.kind }),
    relationship: t.exposeString('relationship', {
      nullable: true,
      description: "The upstream's own word; null where it gives none.",
    }),
    confidence: t.field({
      type: Confidence,
      description: 'CERTAIN for what an upstream reported.',
      resolve: (arrow) => arrow.confidence,
    }),
  }),
});

Graph.implement({
  description: 'What surrounds some vertices.',
  fields: (t) => ({
    vertices: t.field({
      type: [GraphVertex],
      description: 'By depth, then by id.',
      resolve: (graph) => [...graph.vertices],
    }),
    arrows: t.field({
      type: [GraphArrow],
      description: 'Relations between these vertices.',
      resolve: (graph) => [...graph.arrows],
    }),
    truncated: t.exposeBoolean('truncated', {
      description: 'True when a limit or an incomplete index cut something off; `frontier` says where.',
    }),
    frontier: t.exposeIDList('frontier', {
      description: 'Vertices with relations that are not shown: roots for a further query.',
    }),
    export: t.string({
      description: 'This graph as text for another tool.',
      args: { format: t.arg({ type: GraphFormat, required: true, description: 'Which tool.' }) },
      resolve: async ({ vertices, arrows }, { format }, context) => {
        const drawn = await Promise.all(vertices.map((vertex) => drawnVertex(context, vertex)));
        return exportGraph({ vertices: drawn, arrows }, format);
      },
    }),
  }),
});

const drawnVertex = async (context: RequestContext, { id, asset, target }: GraphVertexModel) => {
  const record = asset && (await assetByRef(context, asset));
  if (!record)
    return { id, label: target?.identifier ?? asset?.id ?? id, kind: target?.kind ?? asset?.type ?? 'unknown' };
  return { id, label: traitsOf(record).title(record), kind: record.type === 'Resource' ? record.service : record.type };
};

ImpactedAsset.implement({
  description: 'One asset that suffers.',
  fields: (t) => ({
    asset: t.field({
      type: Asset,
      description: 'Who suffers.',
      resolve: ({ asset }, _, context) => assetByRef(context, asset) as never,
    }),
    effect: t.field({
      type: ImpactEffect,
      description: 'How, along the path that does the most harm.',
      resolve: (of) => of.effect,
    }),
    distance: t.exposeInt('distance', { description: 'Steps from the subject.' }),
    path: t.exposeIDList('path', { description: 'Vertices from the subject to this asset, both included.' }),
    confidence: t.field({
      type: Confidence,
      description: "Of the path's least sure relation.",
      resolve: (of) => of.confidence,
    }),
    notes: t.exposeStringList('notes', { description: 'What the inventories leave open about it.' }),
  }),
});

Impact.implement({
  description:
    'What happens to everything else when one asset is removed or stops. Follows need, not the direction of relations.',
  fields: (t) => ({
    subject: t.field({
      type: Asset,
      description: 'The asset that goes.',
      resolve: ({ subject }, _, context) => assetByRef(context, subject) as never,
    }),
    impacted: t.field({
      type: [ImpactedAsset],
      description: 'Worst effect first, then nearest.',
      resolve: (of) => [...of.impacted],
    }),
    truncated: t.exposeBoolean('truncated', {
      description: 'True when a limit or an incomplete index cut something off.',
    }),
  }),
});

Path.implement({
  description: 'One way from one vertex to another; it may run against relations.',
  fields: (t) => ({
    vertices: t.field({
      type: [GraphVertex],
      description: 'From start to end.',
      resolve: (path) => [...path.vertices],
    }),
    arrows: t.field({ type: [GraphArrow], description: 'One a step.', resolve: (path) => [...path.arrows] }),
  }),
});

builder.queryFields((t) => ({
  graph: t.field({
    type: Graph,
    nullable: true,
    description: 'What surrounds some assets, through both worlds, breadth first. Read from the index.',
    extensions: { price: walkPrice },
    args: {
      roots: t.arg.idList({
        required: true,
        description: 'Where to start: at most 50 global ids of assets or vertices.',
      }),
      direction: t.arg({ type: GraphDirection, description: 'Which way to walk. Default BOTH.' }),
      depth: t.arg.int({ description: `Steps from a root, 0–${MAX_DEPTH}. Default 2.` }),
      maxVertices: t.arg.int({ description: `Most vertices shown, 1–${MAX_VERTICES}. Default 500.` }),
      kinds: t.arg({ type: [DependencyKind], description: 'Only relations of these kinds.' }),
      minConfidence: t.arg({
        type: Confidence,
        description: 'Only relations at least this sure. Default: all, but OBSERVED_AS only from HIGH.',
      }),
    },
    resolve: (_, args, context, info) => loadGraph(context, info, args),
  }),
  impact: t.field({
    type: Impact,
    nullable: true,
    description: 'What breaks, degrades, is orphaned or goes unwatched when this asset goes. Null when it is unknown.',
    extensions: { price: walkPrice },
    args: {
      id: t.arg.id({ required: true, description: 'Global id of a resource, host or service.' }),
      depth: t.arg.int({ description: `Steps from it, 1–${MAX_DEPTH}. Default 2.` }),
      minConfidence: t.arg({ type: Confidence, description: 'Only along relations at least this sure.' }),
    },
    resolve: (_, args, context, info) => loadImpact(context, info, args),
  }),
  paths: t.field({
    type: [Path],
    nullable: true,
    description: 'How two assets hang together: the shortest simple paths, shortest first.',
    extensions: { price: walkPrice },
    args: {
      from: t.arg.id({ required: true, description: 'Global id of the start.' }),
      to: t.arg.id({ required: true, description: 'Global id of the end.' }),
      maxDepth: t.arg.int({ description: `Most steps, 1–${MAX_DEPTH}. Default 6.` }),
      limit: t.arg.int({ description: 'Most paths, 1–50. Default 10.' }),
    },
    resolve: async (_, args, context, info) => [...(await loadPaths(context, info, args))],
  }),
}));

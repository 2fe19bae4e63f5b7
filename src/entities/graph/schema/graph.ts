import { Asset, Confidence, DependencyKind, DependencyTarget } from '#entities/dependency/ref.ts';
import { assetEntity, assetReader, loadAsset } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { type Entities, entitiesOf } from '#graphql/entity.ts';
import { textOrNull } from '#graphql/fields.ts';
import { exportGraph } from '#inventory/graph/export-graph.ts';
import type { RequestContext } from '#loading/context.ts';
import { loadGraph, loadPaths, MAX_DEPTH, MAX_PATHS, MAX_ROOTS, MAX_VERTICES } from '../loaders.ts';
import type { GraphVertexModel } from '../model.ts';
import { Graph, GraphArrow, GraphDirection, GraphFormat, GraphVertex, Path, walkPrice } from '../ref.ts';

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
      resolve: ({ asset }, _, context, info) => asset && loadAsset(context, entitiesOf(info.schema), asset),
    }),
    target: t.field({
      type: DependencyTarget,
      nullable: true,
      description: 'What relations call it, when it is in no inventory; null for assets.',
      resolve: (vertex) => vertex.target,
    }),
    depth: t.exposeInt('depth', {
      description: 'Fewest steps from a root. From a host to the resource that it is, there is no step.',
    }),
  }),
});

GraphArrow.implement({
  description: 'One relation between two vertices, in the direction its upstream reports it.',
  fields: (t) => ({
    from: t.exposeID('from', { description: 'Id of the vertex it leaves.' }),
    to: t.exposeID('to', { description: 'Id of the vertex it arrives at.' }),
    kind: t.expose('kind', {
      type: DependencyKind,
      description: 'The kind of relation, in the same words for every source.',
    }),
    relationship: textOrNull(t, 'relationship', "The upstream's own word; null where it gives none."),
    confidence: t.expose('confidence', { type: Confidence, description: 'CERTAIN for what an upstream reported.' }),
  }),
});

Graph.implement({
  description: 'What surrounds some vertices.',
  fields: (t) => ({
    vertices: t.expose('vertices', { type: [GraphVertex], description: 'By depth, then by id.' }),
    arrows: t.expose('arrows', { type: [GraphArrow], description: 'Relations between these vertices.' }),
    truncated: t.exposeBoolean('truncated', {
      description:
        'True when a limit cut something off, or relations could not be read; `frontier` says where. While the index is incomplete, an error says so, too.',
    }),
    frontier: t.exposeIDList('frontier', {
      description: 'Vertices with relations that are not shown: roots for a further query.',
    }),
    export: t.string({
      description: 'This graph as text for another tool.',
      args: { format: t.arg({ type: GraphFormat, required: true, description: 'Which tool.' }) },
      resolve: async ({ vertices, arrows }, { format }, context, { schema }) => {
        const drawn = await Promise.all(vertices.map((vertex) => drawnVertex(context, entitiesOf(schema), vertex)));
        return exportGraph({ vertices: drawn, arrows }, format);
      },
    }),
  }),
});

const drawnVertex = async (context: RequestContext, entities: Entities, { id, asset, target }: GraphVertexModel) => {
  const record = asset && (await loadAsset(context, entities, asset));
  if (!record)
    return { id, label: target?.identifier ?? asset?.id ?? id, kind: target?.kind ?? asset?.type ?? 'unknown' };
  const label = assetEntity(entities, record).title(record);
  return { id, label, kind: record.type === 'Resource' ? record.service : record.type };
};

Path.implement({
  description: 'One way from one vertex to another; it may run against relations.',
  fields: (t) => ({
    vertices: t.expose('vertices', { type: [GraphVertex], description: 'From start to end.' }),
    arrows: t.expose('arrows', { type: [GraphArrow], description: 'One for each step.' }),
  }),
});

export const graph = defineFields({
  queries: (t) => ({
    graph: t.field({
      type: Graph,
      nullable: true,
      description: 'What surrounds some assets, in the cloud and on networks, breadth first. Read from the index.',
      extensions: { price: walkPrice },
      args: {
        roots: t.arg.idList({
          required: true,
          description: `Where to start: at most ${MAX_ROOTS} global ids of assets or vertices.`,
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
      resolve: (_, args, context, info) => loadGraph(context, info, assetReader(context, info.schema), args),
    }),
    paths: t.field({
      type: [Path],
      nullable: true,
      description:
        'How two assets are connected: the shortest paths that visit nothing twice, shortest first. Read from the index.',
      extensions: { price: walkPrice },
      args: {
        from: t.arg.id({ required: true, description: 'Global id of the start.' }),
        to: t.arg.id({ required: true, description: 'Global id of the end.' }),
        maxDepth: t.arg.int({ description: `Most steps, 1–${MAX_DEPTH}. Default 6.` }),
        limit: t.arg.int({ description: `Most paths, 1–${MAX_PATHS}. Default 10.` }),
      },
      resolve: async (_, args, context, info) => [
        ...(await loadPaths(context, info, assetReader(context, info.schema), args)),
      ],
    }),
  }),
});

import { FieldChange } from '#entities/change/ref.ts';
import { DependencyTarget } from '#entities/dependency/ref.ts';
import { MAX_DEPTH, MAX_ROOTS, MAX_VERTICES } from '#entities/graph/loaders.ts';
import { GraphArrow } from '#entities/graph/ref.ts';
import { inventoryAsOf } from '#entities/past/loaders.ts';
import { assetEntity, assetReader } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { contextOfMoment, InventoryAsOf, orRefused } from '#graphql/inventory-as-of.ts';
import { differencesAround } from './loaders.ts';
import { ArrowDifference, Difference, GraphDiff, VertexDifference } from './ref.ts';

VertexDifference.implement({
  description: 'A vertex that differs between two moments.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Global id, also of what is in no inventory.' }),
    difference: t.expose('difference', { type: Difference, description: 'How it differs.' }),
    title: t.exposeString('title', { description: 'What it was called last.' }),
    target: t.expose('target', {
      type: DependencyTarget,
      nullable: true,
      description: 'What relations call it, when it is in no inventory; null for assets.',
    }),
    fields: t.expose('fields', {
      type: [FieldChange],
      description: 'Properties that differ; empty unless CHANGED. That a scan saw it again is no change.',
    }),
  }),
});

ArrowDifference.implement({
  description: 'A relation that differs between two moments.',
  fields: (t) => ({
    difference: t.expose('difference', {
      type: Difference,
      description: 'How it differs. CHANGED: its confidence does.',
    }),
    arrow: t.expose('arrow', { type: GraphArrow, description: 'The relation, as it was when it was last there.' }),
  }),
});

GraphDiff.implement({
  description: 'How the graph around some vertices differs between two moments.',
  fields: (t) => ({
    before: t.field({
      type: InventoryAsOf,
      description: 'The earlier moment, with its readings, and all else that can be asked of it.',
      extensions: contextOfMoment,
      resolve: ({ before }, _, __, info) => orRefused(before, info),
    }),
    after: t.field({
      type: InventoryAsOf,
      description: 'The later moment.',
      extensions: contextOfMoment,
      resolve: ({ after }, _, __, info) => orRefused(after, info),
    }),
    vertices: t.expose('vertices', { type: [VertexDifference], description: 'By id.' }),
    arrows: t.expose('arrows', {
      type: [ArrowDifference],
      description: 'Relations between vertices of either moment.',
    }),
    truncated: t.exposeBoolean('truncated', {
      description: 'True when a limit cut something off at either moment; `frontier` says where.',
    }),
    frontier: t.exposeIDList('frontier', {
      description: 'Vertices with relations that were not looked at: roots for a further question.',
    }),
  }),
});

export const graphDiff = defineFields({
  queriesOfNow: (t) => ({
    diff: t.field({
      type: GraphDiff,
      nullable: true,
      description:
        'What appeared, vanished or changed around some vertices between two moments: in what surrounds them at either, in both directions. What was not read at one of the moments is unknown, not absent. Costs no upstream request.',
      args: {
        from: t.arg({ type: 'DateTime', required: true, description: 'The earlier moment.' }),
        to: t.arg({ type: 'DateTime', description: 'The later one. Default: the newest readings.' }),
        around: t.arg.idList({
          required: true,
          description: `Where to look: at most ${MAX_ROOTS} global ids of assets or vertices.`,
        }),
        depth: t.arg.int({ description: `Steps from these, 0–${MAX_DEPTH}. Default 1.` }),
        maxVertices: t.arg.int({
          description: `Most vertices looked at of each moment, 1–${MAX_VERTICES}. Default 500.`,
        }),
      },
      resolve: async (_, { from, to, ...args }, context, info) => {
        const entities = entitiesOf(info.schema);
        const [before, after] = await Promise.all([inventoryAsOf(context, from), inventoryAsOf(context, to ?? null)]);
        const reader = {
          assets: (of: typeof context) => assetReader(of, info.schema),
          titleOf: (asset: Parameters<ReturnType<typeof assetEntity>['title']>[0]) =>
            assetEntity(entities, asset).title(asset),
        };
        return { before, after, ...(await differencesAround([before.context, after.context], info, reader, args)) };
      },
    }),
  }),
});

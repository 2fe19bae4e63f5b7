import type { GraphQLResolveInfo } from 'graphql';
import { versionsOfAsset } from '#entities/asset-version/loaders.ts';
import { AssetVersionConnection } from '#entities/asset-version/ref.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { RESOURCE_SUMMARY_FIELDS } from '#entities/resource/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { assetEntity } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { pagedField } from '#graphql/fields.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { together } from '#graphql/pricing/prices.ts';
import { PageInfo } from '#graphql/relay/connection.ts';
import { Node } from '#graphql/relay/node.ts';
import { referenceTo } from '#graphql/relay/reference.ts';
import { arrayList } from '#lib/sliced-list.ts';
import { edgesOfKinds } from './loaders.ts';
import type { AssetEdge, AssetRecord } from './model.ts';
import { Asset, Confidence, DependencyConnection, DependencyEdge, DependencyKind, DependencyTarget } from './ref.ts';

const NOTHING = { side: 'CLOUD', requests: 0 } as const;

/** Whichever it may be: an edge contains enough of a resource for most purposes. */
const otherEndPrice: PriceOf = (input) => {
  const [first, ...others] = [...input.entities.values()].flatMap(({ asset }) =>
    asset ? [asset.prices.otherEnd] : [],
  );
  return first ? together(first, ...others)(input) : NOTHING;
};

const edgesPrice =
  (end: 'dependencies' | 'dependents'): PriceOf =>
  (input) =>
    input.entities.get(input.type)?.asset?.prices[end](input) ?? NOTHING;

const otherEnd = (edge: AssetEdge, info: GraphQLResolveInfo): AssetRecord | Promise<AssetRecord | null> =>
  (edge.known && referenceTo<ResourceModel>(edge.known, info, RESOURCE_SUMMARY_FIELDS)) ?? edge.load();

DependencyTarget.implement({
  description: 'What the upstream said about the other end of a relation, whether or not that end is in an inventory.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'Its service or type there, e.g. `vpc`, `ec2`, `Service`.' }),
    identifier: t.exposeString('identifier', {
      description: 'Its identifier there: an ARN, a provider id, an address, or an upstream id.',
    }),
  }),
});

DependencyEdge.implement({
  description: 'One relation, as its source reports it.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Opaque place in this list, for `after` and `before`.' }),
    node: t.field({
      type: Asset,
      nullable: true,
      description: 'The other end; null when it is in no inventory (a VPC, an IP target), see `target`.',
      extensions: { price: otherEndPrice },
      resolve: ({ node }, _, __, info) => otherEnd(node, info),
    }),
    target: t.field({
      type: DependencyTarget,
      description: 'What the upstream said about the other end; always there.',
      resolve: ({ node }) => node.target,
    }),
    kind: t.field({
      type: DependencyKind,
      description: 'The kind of relation, in the same words for every source.',
      resolve: ({ node }) => node.kind,
    }),
    relationship: t.string({
      nullable: true,
      description: "The upstream's own word for the relation; null where it gives none.",
      resolve: ({ node }) => node.relationship,
    }),
    confidence: t.field({
      type: Confidence,
      description: 'CERTAIN for what an upstream reported; less for what was inferred.',
      resolve: ({ node }) => node.confidence,
    }),
  }),
});

DependencyConnection.implement({
  description: 'A page of relations (Relay).',
  fields: (t) => ({
    edges: t.expose('edges', { type: [DependencyEdge], description: 'The relations of this page.' }),
    nodes: t.field({
      type: [Asset],
      description: 'The other ends that are in an inventory; shorter than `edges` where some are not.',
      extensions: { price: otherEndPrice },
      resolve: async (page, _, __, info) => {
        const nodes = await Promise.all(page.edges.map(({ node }) => otherEnd(node, info)));
        return nodes.filter((node) => node !== null);
      },
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where this page stands in the list.',
      resolve: (page) => page.pageInfo(),
    }),
    totalCount: t.int({ description: 'Number of relations, after filters.', resolve: (page) => page.totalCount() }),
  }),
});

Asset.implement({
  description:
    'Something that others depend on or that depends on others: a cloud resource, a host, or a service on a host.',
  interfaces: [Node],
  resolveType: (asset) => asset.type,
  fields: (t) => {
    const edges = (end: 'dependencies' | 'dependents', direction: string) =>
      pagedField(t, DependencyConnection, {
        description: `Relations from ${direction}, as the upstream reports them. Absence means "not reported", never "none".`,
        price: edgesPrice(end),
        args: { kinds: t.arg({ type: [DependencyKind], description: 'Only relations of these kinds.' }) },
        list: (asset, { kinds }, context, info) =>
          arrayList(async () =>
            edgesOfKinds(await assetEntity(entitiesOf(info.schema), asset)[end](asset, context), kinds),
          ),
      });
    return {
      displayName: t.string({
        description: 'A title for people: never blank, not unique.',
        extensions: { followsFromRecord: true },
        resolve: (asset, _, __, info) => assetEntity(entitiesOf(info.schema), asset).title(asset),
      }),
      source: sourceField(t),
      dependencies: edges('dependencies', 'this asset to others'),
      dependents: edges('dependents', 'others to this asset'),
      history: pagedField(t, AssetVersionConnection, {
        description:
          'How it was, newest first, as far as the index has read it; a reading is in here moments after it ended. Costs no upstream request.',
        list: (asset, _, context) => versionsOfAsset(context, asset),
      }),
    };
  },
});

/** Edges are no records: they have an id within their source, and are given with one of their ends only. */
export const dependency = defineFields({});

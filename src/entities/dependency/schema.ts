import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { type ConnectionModel, connect, PageInfo, pageArgs } from '#graphql/relay/connection.ts';
import { Node } from '#graphql/relay/node.ts';
import { arrayList } from '#lib/sliced-list.ts';
import type { DependencyKind as Kind } from './model.ts';
import { edgesPrice, otherEndPrice } from './prices.ts';
import {
  Asset,
  type AssetEdge,
  Confidence,
  DependencyEdge,
  DependencyKind,
  DependencyTarget,
  traitsOf,
} from './ref.ts';

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
      resolve: ({ node }, _, context, info) => node.asset(context, info),
    }),
    target: t.field({
      type: DependencyTarget,
      description: 'What the upstream said about the other end; always there.',
      resolve: ({ node }) => node.target,
    }),
    kind: t.field({ type: DependencyKind, description: 'The canonical relation.', resolve: ({ node }) => node.kind }),
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

const DependencyConnection = builder.objectRef<ConnectionModel<AssetEdge>>('DependencyConnection').implement({
  description: 'A page of relations (Relay).',
  fields: (t) => ({
    edges: t.field({
      type: [DependencyEdge],
      description: 'The relations of this page.',
      resolve: (page) => [...page.edges],
    }),
    nodes: t.field({
      type: [Asset],
      description: 'The other ends that are in an inventory; shorter than `edges` where some are not.',
      extensions: { price: otherEndPrice },
      resolve: async (page, _, context, info) => {
        const nodes = await Promise.all(page.edges.map((edge) => edge.node.asset(context, info)));
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

const ofKinds = (edges: readonly AssetEdge[], kinds: readonly Kind[] | null | undefined): readonly AssetEdge[] =>
  kinds ? edges.filter((edge) => kinds.includes(edge.kind)) : edges;

Asset.implement({
  description:
    'Something that others depend on or that depends on others: a cloud resource, a host, or a service on a host.',
  interfaces: [Node],
  resolveType: (asset) => asset.type,
  fields: (t) => {
    const args = {
      ...pageArgs(t),
      kinds: t.arg({ type: [DependencyKind], description: 'Only relations of these kinds.' }),
    };
    return {
      displayName: t.string({
        description: 'A title for people: never blank, not unique.',
        resolve: (asset) => traitsOf(asset).title(asset),
      }),
      source: t.field({
        type: Source,
        description: 'The upstream server this record comes from.',
        resolve: (asset, _, context) => sourceOf(context, asset),
      }),
      dependencies: t.field({
        type: DependencyConnection,
        nullable: true,
        description:
          'Relations from this asset to others, as the upstream reports them. Absence means "not reported", never "none".',
        extensions: { price: edgesPrice('dependencies') },
        args,
        resolve: (asset, { kinds, ...page }, context) =>
          connect(
            arrayList(async () => ofKinds(await traitsOf(asset).dependencies(asset, context), kinds)),
            page,
          ),
      }),
      dependents: t.field({
        type: DependencyConnection,
        nullable: true,
        description:
          'Relations from others to this asset, as the upstream reports them. Absence means "not reported", never "none".',
        extensions: { price: edgesPrice('dependents') },
        args,
        resolve: (asset, { kinds, ...page }, context) =>
          connect(
            arrayList(async () => ofKinds(await traitsOf(asset).dependents(asset, context), kinds)),
            page,
          ),
      }),
    };
  },
});

import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { fromWholeSet, wholeSet } from '#graphql/pricing/prices.ts';
import { networkTags } from './loaders.ts';
import { NetworkTag } from './ref.ts';

export const networkTag = defineEntity(NetworkTag, {
  description: 'A tag of a Scanopy organization. It belongs to no network: one tag may mark things in several.',
  side: 'NETWORK',
  node: { load: (context, ref) => networkTags.byId(context).load(ref), price: fromWholeSet('NETWORK', 'networkTags') },
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the tag says.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for; null when not told.' }),
    color: t.exposeString('color', {
      description: 'Name of its color, e.g. `Green`; an open list that grows with Scanopy.',
    }),
    source: sourceField(t),
  }),
  queries: (t) => ({
    networkTags: t.field({
      type: [NetworkTag],
      nullable: true,
      description:
        'The tags of every Scanopy organization you may read, in source order. One upstream request per source.',
      extensions: { price: wholeSet('NETWORK', 'networkTags') },
      resolve: (_, __, context, info) => networkTags.every(context, info, context.sources.network),
    }),
  }),
});

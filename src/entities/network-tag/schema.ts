import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, wholeSet } from '#graphql/pricing/prices.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { networkTags } from './loaders.ts';
import { NetworkTag } from './ref.ts';

NetworkTag.implement({
  description: 'A tag of a Scanopy organization. It belongs to no network: one tag may mark things in several.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'What the tag says.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for; null when not told.' }),
    color: t.exposeString('color', {
      description: 'Name of its color, e.g. `Green`; an open list that grows with Scanopy.',
    }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (tag, _, context) => sourceOf(context, tag),
    }),
  }),
});

nodeType('NetworkTag', (context, key) => networkTags.byId(context).load(key), fromWholeSet('NETWORK', 'networkTags'));

builder.queryField('networkTags', (t) =>
  t.field({
    type: [NetworkTag],
    nullable: true,
    description:
      'The tags of every Scanopy organization you may read, in source order. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'networkTags') },
    resolve: (_, __, context, info) => networkTags.every(context, info, context.sources.network),
  }),
);

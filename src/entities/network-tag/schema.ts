import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { everyOfSet, nodeOfSet, textOrNull } from '#graphql/fields.ts';
import { networkTags } from './loaders.ts';
import { NetworkTag } from './ref.ts';

export const networkTag = defineEntity(NetworkTag, {
  description: 'A tag of a Scanopy organization. It belongs to no network: one tag may mark things in several.',
  side: 'NETWORK',
  node: nodeOfSet(networkTags, 'networkTags'),
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the tag says.' }),
    description: textOrNull(t, 'description', 'What it is for; null when unknown.'),
    color: t.exposeString('color', {
      description: 'Name of its color, e.g. `Green`; an open list that grows with Scanopy.',
    }),
    source: sourceField(t),
  }),
  queries: (t) => ({
    networkTags: everyOfSet(
      t,
      NetworkTag,
      networkTags,
      'networkTags',
      'The tags of every Scanopy organization you may read, in source order. One upstream request per source.',
    ),
  }),
});

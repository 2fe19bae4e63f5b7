import { builder } from '#graphql/builder.ts';
import { Node } from '#graphql/relay/node.ts';
import { lookup } from './loaders.ts';
import { perTerm } from './price.ts';
import { IdentifierKind, LookupHit } from './ref.ts';

LookupHit.implement({
  description: 'One record that a searched term may name.',
  fields: (t) => ({
    term: t.exposeString('term', { description: 'The term as you gave it.' }),
    matchedOn: t.field({
      type: IdentifierKind,
      description: 'How the term was read.',
      resolve: (hit) => hit.matchedOn,
    }),
    node: t.field({ type: Node, description: 'The record.', resolve: (hit) => hit.record }),
  }),
});

builder.queryField('lookup', (t) =>
  t.field({
    type: [LookupHit],
    nullable: true,
    description:
      'Everything on both sides that an IP or MAC address, host name, domain, ARN, AWS id, name, address range or upstream id may name. All hits, most specific reading first. A certificate is found by the names that the findings about it tell, wildcards included. Read from the index.',
    extensions: { price: perTerm },
    args: { any: t.arg.stringList({ required: true, description: 'What to look for: at most 100 terms.' }) },
    resolve: async (_, { any }, context, info) => [...(await lookup(context, info, any))],
  }),
);

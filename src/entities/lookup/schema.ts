import { identifiersPrice } from '#entities/resource/ref.ts';
import { defineFields } from '#graphql/define-entity.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { Node } from '#graphql/relay/node.ts';
import { lookup as lookUp, MAX_TERMS } from './loaders.ts';
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

/** Nothing where the index answers; else each term may be the identifier of a resource. */
const perTerm: PriceOf = (input) => {
  if (input.pictured) return { side: 'CLOUD', requests: 0 };
  const { any } = input.args;
  return identifiersPrice(Array.isArray(any) ? any.map(String) : [])(input);
};

export const lookup = defineFields({
  queries: (t) => ({
    lookup: t.field({
      type: [LookupHit],
      nullable: true,
      description:
        'Everything on both sides that an IP or MAC address, host name, domain, ARN, AWS id, name, address range or upstream id may name. All hits, most specific reading first. A certificate is found by the names that the findings about it tell, wildcards included. Read from the index.',
      extensions: { price: perTerm },
      args: { any: t.arg.stringList({ required: true, description: `What to look for: at most ${MAX_TERMS} terms.` }) },
      resolve: async (_, { any }, context, info) => [...(await lookUp(context, info, any))],
    }),
  }),
});

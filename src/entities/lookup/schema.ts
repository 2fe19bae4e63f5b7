import { identifiersPrice } from '#entities/resource/ref.ts';
import { defineFields } from '#graphql/define-entity.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { Node } from '#graphql/relay/node.ts';
import { REFERENCE_FIELDS } from '#graphql/relay/reference.ts';
import { namesBelow } from '#graphql/selected-fields.ts';
import { refKey } from '#lib/record-ref.ts';
import { lookup as lookUp, MAX_TERMS } from './loaders.ts';
import { IdentifierKind, LookupHit } from './ref.ts';

LookupHit.implement({
  description: 'One record that a searched term may name.',
  fields: (t) => ({
    term: t.exposeString('term', { description: 'The term as you gave it.' }),
    matchedOn: t.expose('matchedOn', { type: IdentifierKind, description: 'How the term was read.' }),
    node: t.expose('record', { type: Node, description: 'The record.' }),
  }),
});

/** Whether more is selected of certificates than the index knows. */
const showsCertificates = (selects: ReadonlySet<string>): boolean =>
  [...selects].some((name) => !REFERENCE_FIELDS.has(name));

/** Where the index answers, one call for each certificate that is to be shown; else each term may be the identifier of a resource. */
const perTerm: PriceOf = (input) => {
  const { any } = input.args;
  const terms = Array.isArray(any) ? any.map(String) : [];
  if (terms.length > MAX_TERMS) return { side: 'CLOUD', requests: 0 };
  const found = input.lookup(terms);
  if (!found) return { ...identifiersPrice(terms)(input), items: terms.length };
  const isShown = showsCertificates(input.selectsBelow('node', 'Certificate'));
  const certificates = new Set(found.filter(({ type }) => type === 'Certificate').map(refKey));
  return { side: 'CLOUD', requests: isShown ? certificates.size : 0, items: found.length };
};

export const lookup = defineFields({
  queries: (t) => ({
    lookup: t.field({
      type: [LookupHit],
      nullable: true,
      description:
        'Everything on both sides that an IP or MAC address, host name, domain, ARN, AWS id, name, address range or upstream id may name. All hits, most specific reading first. A certificate is found by the names that the findings about it show, wildcards included. Read from the index. It knows certificates by name only: selecting more of one than its ids costs an upstream request, and one that cannot be had is left out, with an error.',
      extensions: { price: perTerm },
      args: { any: t.arg.stringList({ required: true, description: `What to look for: at most ${MAX_TERMS} terms.` }) },
      resolve: async (_, { any }, context, info) => {
        const isShown = showsCertificates(namesBelow(info, 'node', 'Certificate'));
        return [...(await lookUp(context, info, any, { showsCertificates: isShown }))];
      },
    }),
  }),
});

import { identifiersPrice } from '#entities/resource/price.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';

/** Nothing where the index answers; else each term may be the identifier of a resource. */
export const perTerm: PriceOf = (input) => {
  if (input.pictured) return { side: 'CLOUD', requests: 0 };
  const { any } = input.args;
  return identifiersPrice(Array.isArray(any) ? any.map(String) : [])(input);
};

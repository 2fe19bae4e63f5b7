import type { PriceOf } from '#graphql/pricing/price.ts';
import { together, wholeSet } from '#graphql/pricing/prices.ts';
import { asksSeverities, type FindingListArgs } from './lists.ts';

export const STATISTICS: PriceOf = wholeSet('CLOUD', 'finding statistics');

/** With a filter by severity, the statistics come on top: they tell whether the upstream's filter finds every row. */
export const withSeverities =
  (price: PriceOf): PriceOf =>
  (input) =>
    !input.indexed.findings && asksSeverities(input.args as FindingListArgs)
      ? together(price, STATISTICS)(input)
      : price(input);

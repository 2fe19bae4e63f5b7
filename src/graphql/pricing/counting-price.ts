import type { SourceSide } from '#lib/source-side.ts';
import { DEFAULT_PAGE } from '../page-sizes.ts';
import type { PriceInput, PriceOf, SizedList } from './price.ts';
import { type FanOut, fanOutCalls, watchOf, wholePages } from './prices.ts';

/**
 * Every row that a filter leaves, to be counted: nothing where the index has them, else the pages of the list at worst. Fields with the
 * same filter read the same rows.
 * @param isHeld whether the rows of the index show which of them match
 */
export const everyRow =
  (
    side: SourceSide,
    list: SizedList,
    fanOutOf: FanOut,
    isHeld: (args: PriceInput['args']) => boolean = () => true,
  ): PriceOf =>
  (input) => {
    const { args, sources, counted } = input;
    const items = typeof args.first === 'number' ? args.first : DEFAULT_PAGE;
    if (counted[list] && isHeld(args)) return { side, requests: 0, items };
    const whole = wholePages(side, list, input);
    const apart = fanOutCalls(fanOutOf(args, input) ?? 0, whole);
    return {
      side,
      requests: Math.max(whole, sources[side]) + apart * sources[side],
      items,
      shared: args.filter ? `${list} with ${JSON.stringify(args.filter)}` : `whole ${list}`,
      also: watchOf(side, list, input),
    };
  };

/** Of what only groups by one dimension need, where the index does not tell counts of `list`. */
export const forDimension =
  (dimension: string, list: SizedList, price: PriceOf): PriceOf =>
  (input) => {
    const { by } = input.args;
    const isAsked = Array.isArray(by) && by.includes(dimension) && !input.counted[list];
    return isAsked ? price(input) : { side: price(input).side, requests: 0 };
  };

import type { SourceSide } from '#lib/source-side.ts';
import type { CountQuestion } from '#sources/cloud-client.ts';
import { DEFAULT_PAGE } from '../page-sizes.ts';
import type { PriceInput, PriceOf, SizedList } from './price.ts';
import {
  type FanOut,
  fanOutCalls,
  RECENT_SCANS,
  requestCostsOf,
  together,
  watchOf,
  wholePages,
  wholeSet,
} from './prices.ts';

interface CountingOptions {
  /** Whether the rows of the index show which of them match. */
  readonly isHeld?: (args: PriceInput['args']) => boolean;
  /** Which statistics are requested where the index has no rows. */
  readonly questionOf?: (input: PriceInput) => CountQuestion | null;
}

/** Which regions occur decides what the statistics of resources mean by `unknown`. */
const statisticsPrice = (list: SizedList): PriceOf =>
  list === 'findings'
    ? wholeSet('CLOUD', 'finding statistics')
    : together(wholeSet('CLOUD', 'resource statistics'), wholeSet('CLOUD', 'regions'), RECENT_SCANS);

/**
 * Every row that a filter leaves, to be counted: nothing where the index has them, else the pages of the list at worst. Fields with the
 * same filter read the same rows.
 */
export const everyRow =
  (
    side: SourceSide,
    list: SizedList,
    fanOutOf: FanOut,
    { isHeld = () => true, questionOf = () => null }: CountingOptions = {},
  ): PriceOf =>
  (input) => {
    const { args, sources, counted } = input;
    const items = typeof args.first === 'number' ? args.first : DEFAULT_PAGE;
    if (counted[list] && isHeld(args)) return { side, requests: 0, items };
    const question = questionOf(input);
    if (question && input.statistics.has(question)) return { ...statisticsPrice(list)(input), items };
    const whole = wholePages(side, list, input);
    const apart = fanOutCalls(fanOutOf(args, input) ?? 0, whole);
    // Statistics that are not known yet are requested first, and may turn out not to be exact.
    const first = question ? requestCostsOf(statisticsPrice(list)(input)) : [];
    return {
      side,
      requests: Math.max(whole, sources[side]) + apart * sources[side],
      items,
      shared: args.filter ? `${list} with ${JSON.stringify(args.filter)}` : `whole ${list}`,
      also: [...first, ...watchOf(side, list, input)],
    };
  };

/** Of what only groups by one dimension need, where the index has no counts of `list`. */
export const forDimension =
  (dimension: string, list: SizedList, price: PriceOf): PriceOf =>
  (input) => {
    const { by } = input.args;
    const isAsked = Array.isArray(by) && by.includes(dimension) && !input.counted[list];
    return isAsked ? price(input) : { side: price(input).side, requests: 0 };
  };

import type { Compare } from '#lib/compare.ts';

/** What a query for one of the lists means, whichever kind of source answers it. */
export interface QueryRules<Q, T> {
  readonly matches: (query: Q) => (row: T) => boolean;
  /** The order asked for; null where the upstream's own is kept. */
  readonly compare: (query: Q) => Compare<T> | null;
}

/** Whether a value is among those asked for; any is while none are given. */
export const isOneOf = <V>(wanted: readonly V[] | undefined, value: V | null): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

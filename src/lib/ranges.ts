import { compareDecimals } from './decimal.ts';

type Maybe<T> = T | null | undefined;

/** Instants in RFC 3339. */
export interface TimeRange {
  readonly since?: Maybe<string>;
  readonly before?: Maybe<string>;
}

/** Decimals as text; both ends belong to it. */
export interface DecimalRange {
  readonly min?: Maybe<string>;
  readonly max?: Maybe<string>;
}

/** Whether an instant lies in a range; an unknown one lies in none, any does while no range is given. */
export const isInTime = (range: Maybe<TimeRange>): ((instant: string | null) => boolean) => {
  if (!range) return () => true;
  const since = range.since ? Date.parse(range.since) : Number.NEGATIVE_INFINITY;
  const before = range.before ? Date.parse(range.before) : Number.POSITIVE_INFINITY;
  return (instant) => {
    const at = instant === null ? Number.NaN : Date.parse(instant);
    return at >= since && at < before;
  };
};

/** The same of decimals. */
export const isBetween = (range: Maybe<DecimalRange>): ((decimal: string | null) => boolean) => {
  if (!range) return () => true;
  const { min, max } = range;
  return (decimal) =>
    decimal !== null && (!min || compareDecimals(decimal, min) >= 0) && (!max || compareDecimals(decimal, max) <= 0);
};

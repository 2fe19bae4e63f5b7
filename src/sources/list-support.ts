import type { Compare } from '#lib/compare.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { Scope } from './transport/scope.ts';

/** Called once per answer that lacks rows, because they could not be read or the server did not show them. */
export type ShortfallListener = (short: Shortfall) => void;

/** Reads a set that is small enough to be read whole. */
export type SetReader<T> = (scope: Scope, onShortfall?: ShortfallListener) => Promise<readonly T[]>;

/** What a query for one of the lists means, whichever kind of source answers it. */
export interface QueryRules<Q, T> {
  readonly matches: (query: Q) => (row: T) => boolean;
  /** The order asked for; null where the upstream's own is kept. */
  readonly compare: (query: Q) => Compare<T> | null;
}

/** Whether a value is among those asked for; any is while none are given. */
export const isOneOf = <V>(wanted: readonly V[] | undefined, value: V | null): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

/** More values than this are cheaper, or no dearer, to find in the whole list. */
export const MOST_ASKED_ONE_BY_ONE = 8;

/** What can be sent of a query. */
export interface Pushdown<Q> {
  /** One list that every matching row is in. */
  readonly query: Q;
  /** The same list in parts, one for each value of a parameter that takes one value a call; empty where none has several. */
  readonly parts: readonly Q[];
  /** Whether the rows of the parts, one after the other, or of `query` where there are none, are the answer, in its order. */
  readonly complete: boolean;
}

/** How much of the queries for one list the sources of a kind answer by themselves. */
export interface ListSupport<C, Q> {
  /** @param able whether the source can do what not every one of this kind can */
  readonly pushdown: (query: Q, able: boolean) => Pushdown<Q>;
  /** Whether `able` makes a difference for a query. */
  readonly dependsOnSource: (query: Q) => boolean;
  /** Asks the source, unless it is known already. */
  readonly isAble: (client: C, scope: Scope) => Promise<boolean>;
  /** What an estimate takes for granted, which asks nothing. */
  readonly assumesAble: boolean;
}

type Values<Q> = { readonly [K in keyof Q as NonNullable<Q[K]> extends readonly unknown[] ? K : never]?: Q[K] };

/**
 * For an upstream that takes one value of each parameter. A parameter with a value that cannot be asked for is left out.
 * @param values those parameters of the query of which any of several values will do, and which of these can be asked for
 */
export const oneValueEach = <Q extends object>(
  exact: Q,
  query: Values<Q>,
  askable: { readonly [K in keyof Values<Q>]: (value: never) => boolean },
  hasOthers: boolean,
): Pushdown<Q> => {
  let one = exact;
  let complete = !hasOthers;
  const several: Q[][] = [];
  for (const [name, isAskable] of Object.entries(askable) as [string, (value: unknown) => boolean][]) {
    const given = (query as Readonly<Record<string, readonly unknown[] | undefined>>)[name];
    if (!given) continue;
    const values = [...new Set(given)];
    if (!values.every(isAskable)) complete = false;
    else if (values.length === 1) one = { ...one, [name]: values };
    else several.push(values.map((value) => ({ [name]: [value] }) as Q));
  }
  const [fewest = [], ...more] = several.toSorted((a, b) => a.length - b.length);
  const parts = fewest.map((part) => ({ ...one, ...part }));
  return { query: one, parts, complete: complete && more.length === 0 && parts.length <= MOST_ASKED_ONE_BY_ONE };
};

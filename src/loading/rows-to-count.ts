import { RESOURCES_GOOD_FOR_MS } from '#inventory/snapshot/is-current.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { CountQuestion, ExactCounts } from '#sources/cloud-client.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { Scope } from '#sources/transport/scope.ts';
import type { RequestContext } from './context.ts';
import { everyMatching } from './filtered-list.ts';
import type { ListReader } from './list-reader.ts';

/** The matching rows of one source, read to be counted. */
export interface CountedRows<T> extends Shortfall {
  readonly source: string;
  readonly rows: readonly T[];
  /** RFC 3339: when the oldest of them was read. */
  readonly asOf: string;
  readonly from: 'INDEX' | 'LISTS';
}

/** The same, counted by the source, by one field. */
export interface CountedBySource extends Shortfall, ExactCounts {
  readonly source: string;
  readonly asOf: string;
  readonly from: 'STATISTICS';
}

/** Null where the statistics of the source do not count this exactly. */
export const countedBySource = async (
  { scope, clock }: RequestContext,
  { name, client }: CloudSource,
  question: CountQuestion,
): Promise<CountedBySource | null> => {
  const startedAt = clock.now();
  const counted = await client.exactCounts(question, scope);
  const asOf = oldestSince(startedAt, scope);
  return counted && { source: name, ...counted, asOf, from: 'STATISTICS', invalid: 0, missing: 0 };
};

/** Rows as the index holds them, all of them. */
export interface HeldRows<T> {
  readonly rows: () => readonly T[];
  readonly readAt: string;
}

/** Of `held` where the index has them and it follows from them which match; else of the narrowest list that holds the answer. */
export const rowsToCount = async <Q extends object, T extends { readonly id: string }>(
  { scope, clock }: RequestContext,
  reader: ListReader<Q, T>,
  source: string,
  query: Q,
  held: HeldRows<T> | null,
): Promise<CountedRows<T>> => {
  if (held) {
    scope.ledger.countRead(Date.parse(held.readAt) + RESOURCES_GOOD_FOR_MS);
    const rows = held.rows().filter(reader.rules.matches(query));
    return { source, rows, asOf: held.readAt, from: 'INDEX', invalid: 0, missing: 0 };
  }
  const startedAt = clock.now();
  const rows = await everyMatching({ source, reader, query });
  return { source, ...rows, asOf: oldestSince(startedAt, scope), from: 'LISTS' };
};

/** Answers may be from the cache: those of this operation are as old as its oldest one at most. */
const oldestSince = (startedAt: number, { ledger }: Scope): string =>
  new Date(startedAt - ledger.oldestMs).toISOString();

import { choiceOf } from './query.ts';

export type SortKey = string | number | null;
export type OrderFields<Row> = Readonly<Record<string, (row: Row) => SortKey>>;

const collator = new Intl.Collator('en-US');

/**
 * Orders like the database: text by its collation, unknown values last when ascending and first when descending, and
 * no tie-breaker. Grouping sorts first and always ascending.
 * @throws BadQueryError when a field is unknown to this version.
 */
export function orderRows<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  fields: OrderFields<Row>,
  fallback: (rows: readonly Row[]) => readonly Row[],
): readonly Row[] {
  const names = Object.keys(fields);
  if (names.length === 0) return fallback(rows);
  const groupBy = choiceOf(query, 'group_by', names);
  const orderBy = choiceOf(query, 'order_by', names);
  const direction = choiceOf(query, 'order_direction', ['asc', 'desc']) === 'desc' ? -1 : 1;
  if (orderBy === null && groupBy === null && direction === 1) return fallback(rows);
  const byOrder = sorted(rows, fields[orderBy ?? 'created_at'], direction);
  return groupBy === null ? byOrder : sorted(byOrder, fields[groupBy], 1);
}

export function sorted<Row>(
  rows: readonly Row[],
  keyOf: ((row: Row) => SortKey) | undefined,
  direction: 1 | -1,
): readonly Row[] {
  if (keyOf === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((left, right) => direction * compareKeys(left.key, right.key));
  return keyed.map(({ row }) => row);
}

/** Instants compare as text once the `Z` is gone, whatever their number of fractional digits. */
export const instantKey = (instant: string | null): SortKey => instant?.replace(/Z$/, '') ?? null;

function compareKeys(left: SortKey, right: SortKey): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isInstant(left) && isInstant(right)) return left < right ? -1 : Number(left > right);
  return collator.compare(String(left), String(right));
}

const isInstant = (key: SortKey): key is string => typeof key === 'string' && /^\d{4}-\d\d-\d\dT/.test(key);

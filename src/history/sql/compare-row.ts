import { formerFields } from '../differences.ts';
import type { HistoryRow, HistoryType, HistoryValue, VersionKind } from '../history-store.ts';

import type { KnownPart } from './names.ts';
import type { Newest, Writes } from './write-rows.ts';

/** Notes what is to be written of a row. @returns what this reading alone has of it */
export const compareRow = (
  writes: Writes,
  type: HistoryType,
  row: HistoryRow,
  part: KnownPart,
  record: number,
  newest: Newest | undefined,
): string | null => {
  if (!newest) {
    writes.add(record, part.readAt === null ? 'FIRST' : 'ADDED', part.readAt, row.value);
    return row.sighting;
  }
  if (newest.part !== part.id || newest.owner !== row.owner) writes.place(record, part.id, row.owner);
  if (newest.value === row.value) return row.sighting;
  const after = parsed(row.value);
  const before = newest.last && parsed(newest.last.value);
  const former = before ? formerFields(before, after) : {};
  if (before && newest.value !== null && former === null) return withOtherOrder(row.sighting, before, after);
  if (newest.last) writes.reduce(newest.last.version, former ?? {});
  if (newest.value === null) {
    writes.end(newest);
    writes.add(record, 'ADDED', part.readAt ?? newest.at, row.value);
  } else writes.replace(newest, part, kindOf(type, before, after), row.value);
  return row.sighting;
};

const kindOf = (type: HistoryType, before: HistoryValue | null, after: HistoryValue): VersionKind =>
  type === 'Finding' && before?.status === 'RESOLVED' && after.status === 'OPEN' ? 'REOPENED' : 'CHANGED';

/** Lists that only have another order make no version, and have that order in this reading. */
const withOtherOrder = (sighting: string | null, before: HistoryValue, after: HistoryValue): string => {
  const fields = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return JSON.stringify({ ...(sighting && parsed(sighting)), ...Object.fromEntries(fields) });
};

const parsed = (text: string): HistoryValue => JSON.parse(text) as HistoryValue;

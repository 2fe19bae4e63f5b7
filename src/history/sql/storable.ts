import type { HistoryRow, HistoryRows, Reading } from '../history-store.ts';

/**
 * An id as it is stored: NUL, and half of a pair of UTF-16, have a mark in their place. PostgreSQL has no text with either, and SQLite gives
 * back another one.
 */
export const storableId = (id: string): string => id.toWellFormed().replaceAll('\0', '\ufffd');

export const storableReading = (reading: Reading): Reading => ({
  ...reading,
  parts: reading.parts.map((part) => ({ ...part, name: storableId(part.name) })),
});

/** JSON needs no mark: it has an escape for each. */
export const storableRows = ({ type, rows, owners = [] }: HistoryRows): Required<HistoryRows> => ({
  type,
  rows: rows.map(storableRow),
  owners: owners.map(storableId),
});

const storableRow = (row: HistoryRow): HistoryRow => ({
  ...row,
  id: storableId(row.id),
  part: storableId(row.part),
  owner: row.owner === null ? null : storableId(row.owner),
});

import type { Database } from '../sql/database.ts';
import { SCHEMA } from './connection.ts';

/** What a row takes beside its texts: its header, its numbers and its places in the indexes. */
const ROW_BYTES = 200;

const TEXTS = {
  version: 'value',
  record: 'key',
  row_order: 'content',
  reading: 'about',
};

/**
 * Whether what is kept takes more. PostgreSQL uses the room of what was forgotten for what comes next, and keeps it: so tables that are
 * larger than that are measured by their rows, about.
 */
export const takesMoreThan = async (database: Database, bytes: number): Promise<boolean> => {
  const [tables] = await database.all<{ readonly bytes: number | null }>(
    `SELECT CAST(sum(pg_total_relation_size(pg_class.oid)) AS BIGINT) AS bytes FROM pg_class
     JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace WHERE pg_namespace.nspname = ? AND pg_class.relkind = 'r'`,
    SCHEMA,
  );
  if ((tables?.bytes ?? 0) <= bytes) return false;
  const sums = Object.entries(TEXTS).map(
    ([table, column]) =>
      `(SELECT coalesce(sum(coalesce(pg_column_size(${column}), 0) + ${ROW_BYTES}), 0) FROM ${table})`,
  );
  const [rows] = await database.all<{ readonly bytes: number }>(`SELECT CAST(${sums.join(' + ')} AS BIGINT) AS bytes`);
  return (rows?.bytes ?? 0) > bytes;
};

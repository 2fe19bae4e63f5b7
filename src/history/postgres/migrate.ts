import type { Pool } from 'pg';
import { SCHEMA } from './connection.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that others do not use: processes that start together wait for each other. */
const LOCK = 7_021_961;

/** Makes the tables, or brings them up to date. @throws Error for those of a later version of the gateway */
export const migrate = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  let isUsable = false;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await client.query('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY)');
    const { rows } = await client.query<{ readonly number: number }>(
      'SELECT coalesce(max(number), 0) AS number FROM migration',
    );
    const known = rows[0]?.number ?? 0;
    if (known > MIGRATIONS.length)
      throw new Error(`Expected a history of format ${MIGRATIONS.length}, got format ${known}.`);
    for (const [i, migration] of MIGRATIONS.slice(known).entries()) {
      await client.query(migration);
      await client.query('INSERT INTO migration (number) VALUES ($1)', [known + i + 1]);
    }
    await client.query('COMMIT');
    isUsable = true;
  } finally {
    // A connection in the midst of a transaction is not used again.
    client.release(!isUsable);
  }
};

import { type ClientConfig, type CustomTypesConfig, types } from 'pg';

/** Everything of the history is in this schema, so that its database may hold other things. */
export const SCHEMA = 'inventory_history';

/** Whole numbers of eight bytes are times, numbers of rows and counts here, none of which is too large for a number. */
const NUMBERS: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
};

/**
 * Whatever is asked for is found by an index from few rows that are given, or in the order of one. Without statistics, as of rows that are
 * just being added, PostgreSQL would read whole tables instead.
 */
const OPTIONS = [`search_path=${SCHEMA}`, 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off'];

/** How each connection is made: encrypted as the `sslmode` of the URL says, which means what it means to PostgreSQL’s own programs. */
export const connectionOf = (url: string): ClientConfig => {
  const settings = new URLSearchParams({
    uselibpqcompat: 'true',
    options: OPTIONS.map((option) => `-c ${option}`).join(' '),
  });
  return {
    connectionString: `${url}${url.includes('?') ? '&' : '?'}${settings.toString().replaceAll('+', '%20')}`,
    application_name: 'inventory-gateway',
    types: NUMBERS,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    // Also ends waiting for another process that adds a reading of the same source; the reading is tried again later.
    statement_timeout: 120_000,
    // So that a process that stands still keeps no other from adding readings.
    idle_in_transaction_session_timeout: 60_000,
  };
};

import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { loadConfig } from '#sources/kinds.ts';

const ONE_SOURCE = {
  SCANORBIT_URL: 'https://orbit.example.com/api/v1',
  SCANORBIT_API_KEY: `sk_live_${'0'.repeat(64)}`,
};
const PASSWORD = 'not-to-be-told';

it('the history is kept in a file unless HISTORY_URL names a PostgreSQL, whose password is never printed', () => {
  expect(loadConfig(ONE_SOURCE).history.url).toBeNull();
  const HISTORY_URL = `postgres://user:${PASSWORD}@db.example.com/inventory?sslmode=verify-full`;
  const { history } = loadConfig({ ...ONE_SOURCE, HISTORY_URL });
  expect(history.url?.reveal()).toBe(HISTORY_URL);
  expect(JSON.stringify(history) + inspect(history)).not.toContain(PASSWORD);
});

it('a HISTORY_URL of something else is refused by name, without its password', () => {
  const load = () => loadConfig({ ...ONE_SOURCE, HISTORY_URL: `mysql://user:${PASSWORD}@db.example.com/inventory` });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(/HISTORY_URL.*expected a postgres:\/\/ or postgresql:\/\/ URL/);
  expect(load).not.toThrow(PASSWORD);
});

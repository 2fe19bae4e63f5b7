import { it, onTestFinished } from 'vitest';
import { killWriters } from '../support/history/kill-writers.ts';
import { newHistoryFile } from '../support/history/new-history-file.ts';
import { startPostgres } from '../support/history/postgres-server.ts';
import { needs } from '../support/tools.ts';

it('loses nothing that was confirmed, and doubles nothing, when the writing process is killed 200 times', async () => {
  await killWriters({ kind: 'SQLITE', path: await newHistoryFile() }, 200);
}, 900_000);

it('does neither in PostgreSQL, when the writing process is killed 30 times', {
  timeout: 300_000,
  ...needs('PostgreSQL'),
}, async () => {
  const server = await startPostgres();
  onTestFinished(() => server.release());
  await killWriters({ kind: 'POSTGRES', url: await server.newDatabase() }, 30);
});

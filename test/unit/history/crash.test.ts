import { it } from 'vitest';
import { killWriters } from '../../support/history/kill-writers.ts';
import { newHistoryFile } from '../../support/history/new-history-file.ts';

it('loses nothing that was confirmed, and doubles nothing, when the writing process is killed', async () => {
  await killWriters({ kind: 'SQLITE', path: await newHistoryFile() }, 5);
}, 60_000);

import { it } from 'vitest';
import { killWriters } from '../support/history/kill-writers.ts';

it('loses nothing that was confirmed, and doubles nothing, when the writing process is killed 200 times', async () => {
  await killWriters(200);
}, 900_000);

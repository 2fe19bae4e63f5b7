import { writeSync } from 'node:fs';
import { openHistoryStore } from '#history/thread/open-history-store.ts';
import { WRITTEN, writtenReading, writtenRows } from './written.ts';

/** A process that adds readings until one cannot be added twice, and says what came of it. Where the history is kept, as JSON, is its argument. */
const store = openHistoryStore(JSON.parse(process.argv[2] ?? ''));
let confirmed = 0;
const failures: string[] = [];
const add = async (): Promise<void> => {
  try {
    await store.append(writtenReading(confirmed + 1), writtenRows(confirmed + 1));
    confirmed++;
    // What is closed after a failure may give room back.
    failures.length = 0;
  } catch (error) {
    failures.push(String(error));
  }
};
while (failures.length < 2) await add();
const readings = await store.readings({ visible: [WRITTEN] }, Number.MAX_SAFE_INTEGER);
writeSync(1, JSON.stringify({ confirmed, failures, readable: readings.length }));
await store.close();

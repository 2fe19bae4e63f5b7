import { writeSync } from 'node:fs';
import { openHistoryStore } from '#history/thread/open-history-store.ts';
import { WRITTEN, writtenReading, writtenRows } from './written.ts';

/** A process that adds readings until it is killed, and says of each that it is confirmed. Where the history is kept, as JSON, is its argument. */
const store = openHistoryStore(JSON.parse(process.argv[2] ?? ''));
const [newest] = await store.readings({ visible: [WRITTEN] }, 1);
for (let at = (newest?.at ?? 0) + 1; ; at++) {
  await store.append(writtenReading(at), writtenRows(at));
  writeSync(1, `${at}\n`);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { HistoryStore } from '#history/history-store.ts';
import type { HistoryPlace } from '#history/thread/messages.ts';
import { openHistoryStore } from '#history/thread/open-history-store.ts';
import { expectedVersions, versionText, WRITTEN } from './written.ts';

const PROGRAM = join(import.meta.dirname, 'write-history.ts');
const query = { visible: [WRITTEN] };

/** Kills a writing process so many times, each at another moment, and expects after each that nothing is lost or doubled. */
export const killWriters = async (place: HistoryPlace, times: number): Promise<void> => {
  let confirmed = 0;
  for (let i = 0; i < times; i++) {
    confirmed = Math.max(confirmed, await writeAndKill(place, (i * 7) % 41));
    const store = openHistoryStore(place);
    await expectWhole(store, confirmed);
    if (i === times - 1) await expectAllVersions(store);
    await store.close();
  }
  expect(confirmed).toBeGreaterThan(times);
};

/** @returns the last reading that the process said to be confirmed */
const writeAndKill = async (place: HistoryPlace, afterMs: number): Promise<number> => {
  const writer = spawn(process.execPath, [PROGRAM, JSON.stringify(place)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const closed = once(writer, 'close');
  await once(writer.stdout, 'data');
  // Not for something to happen, but so that it is killed in the midst of whatever it is doing.
  await wait(afterMs);
  writer.kill('SIGKILL');
  await closed;
  return Number(said.split('\n').at(-2));
};

/** Every confirmed reading is there, and at most the one more that was on its way to be confirmed. */
const expectWhole = async (store: HistoryStore, confirmed: number): Promise<void> => {
  const readings = await store.readings(query, Number.MAX_SAFE_INTEGER);
  expect([confirmed, confirmed + 1]).toContain(readings.length);
  expect(readings.map(({ at }) => at)).toEqual(Array.from(readings, (_, i) => readings.length - i));
};

const expectAllVersions = async (store: HistoryStore): Promise<void> => {
  const readings = await store.readings(query, Number.MAX_SAFE_INTEGER);
  const versions = await store.versions(query, { limit: Number.MAX_SAFE_INTEGER });
  expect(versions.map(versionText).toSorted()).toEqual(expectedVersions(readings.length));
};

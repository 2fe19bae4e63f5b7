import type { HistoryRows, HistoryStore, HistoryVersion, PastReading, Reading } from '../history-store.ts';
import { readPastState, type StoredState, type StoredValue } from '../sql/past-state.ts';
import { HistoryThread } from './history-thread.ts';
import type { HistoryPlace } from './messages.ts';

/** A history that a thread of its own keeps. Nothing is opened before it is needed, and after a failure the next request opens it anew. */
export const openHistoryStore = (place: HistoryPlace): HistoryStore => {
  const thread = new HistoryThread(place);
  let last: Promise<unknown> = Promise.resolve();
  /** One that writes after the other. */
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  return {
    append: (reading, rows) =>
      inLine(async () => {
        const isNew = await append(thread, reading, rows);
        if (isNew) thread.noteChange();
        return isNew;
      }),
    versions: (query, cut) => thread.ask<readonly HistoryVersion[]>({ kind: 'VERSIONS', query, cut }),
    count: (query) => thread.ask<number>({ kind: 'COUNT', query }),
    readings: (query, limit, offset = 0) =>
      thread.ask<readonly PastReading[]>({ kind: 'READINGS', query, limit, offset }),
    countReadings: (query) => thread.ask<number>({ kind: 'COUNT_READINGS', query }),
    at: (source, time) =>
      readPastState({
        state: () => thread.ask<StoredState | null>({ kind: 'STATE', source, time }),
        values: (records, at) => thread.ask<readonly StoredValue[]>({ kind: 'VALUES', records, at }),
        ids: (records) => thread.ask<readonly string[]>({ kind: 'IDS', records }),
      }),
    earliest: (visible) => thread.ask<ReadonlyMap<string, number>>({ kind: 'EARLIEST', visible }),
    retain: (limits) =>
      inLine(async () => {
        await thread.ask<void>({ kind: 'RETAIN', ...limits });
        thread.noteChange();
      }),
    revision: () => thread.revision(),
    close: () => inLine(() => thread.close()),
  };
};

const append = async (thread: HistoryThread, reading: Reading, rows: Iterable<HistoryRows>): Promise<boolean> => {
  if (!(await thread.ask<boolean>({ kind: 'BEGIN', reading }))) return false;
  try {
    // The next rows are made while the thread takes the last ones.
    let taken: Promise<unknown> = Promise.resolve();
    for (const some of rows) {
      const next = thread.ask({ kind: 'ROWS', rows: some });
      // The first failure is reported; the other one follows from it.
      next.catch(() => {});
      await taken;
      taken = next;
    }
    await taken;
    await thread.ask({ kind: 'COMMIT' });
    return true;
  } catch (error) {
    // Whatever became of it, the next reading begins anew; the first error says why.
    await thread.ask({ kind: 'ROLLBACK' }).catch(() => {});
    throw error;
  }
};

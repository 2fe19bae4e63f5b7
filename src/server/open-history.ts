import { join } from 'node:path';
import type { GatewayConfig } from '#config/config.ts';
import { HistoryRecorder } from '#history/history-recorder.ts';
import { SourceHistory } from '#history/source-history.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import type { HistoryOfSources } from '#sources/keyed-source.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { Logger } from './observability/logger.ts';

export interface History extends HistoryOfSources {
  /** Once everything that was noted is kept, or cannot be. */
  close(): Promise<void>;
}

/** Null where none is to be kept, or where there is no directory to keep it in. */
export const openHistory = (
  { history: { enabled, ...limits }, index }: GatewayConfig,
  logger: Logger,
  clock: Clock,
): History | null => {
  if (!enabled || !index.enabled || index.directory === null) return null;
  const store = openSqliteHistory(join(index.directory, 'history.sqlite'));
  const recorder = new HistoryRecorder(store, {
    ...limits,
    clock,
    onFailure: (err) =>
      logger.error({ err }, 'The history cannot be written; it is tried again, and answers about now go on'),
  });
  return {
    of: (sources) => new SourceHistory(store, sources),
    note: (snapshot, identity) => recorder.note(snapshot, identity),
    close: async () => {
      await recorder.stop();
      await store.close();
    },
  };
};

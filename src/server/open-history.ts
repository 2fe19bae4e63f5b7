import { join } from 'node:path';
import type { GatewayConfig } from '#config/config.ts';
import { HistoryRecorder } from '#history/history-recorder.ts';
import { SourceHistory } from '#history/source-history.ts';
import type { HistoryPlace } from '#history/thread/messages.ts';
import { openHistoryStore } from '#history/thread/open-history-store.ts';
import type { HistoryOfSources } from '#sources/keyed-source.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { Logger } from './observability/logger.ts';

export interface History extends HistoryOfSources {
  /** Once everything that was noted is kept, or cannot be. */
  close(): Promise<void>;
}

/** Null where none is to be kept, or where there is no place to keep it in. */
export const openHistory = (config: GatewayConfig, logger: Logger, clock: Clock): History | null => {
  const place = historyPlace(config);
  if (!place) return null;
  const store = openHistoryStore(place);
  const { retentionDays, maxBytes } = config.history;
  const recorder = new HistoryRecorder(store, {
    ...{ retentionDays, maxBytes, clock },
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

const historyPlace = ({ history: { enabled, url }, index }: GatewayConfig): HistoryPlace | null => {
  if (!enabled || !index.enabled) return null;
  if (url) return { kind: 'POSTGRES', url: url.reveal() };
  return index.directory === null ? null : { kind: 'SQLITE', path: join(index.directory, 'history.sqlite') };
};

/** Whether the history can be used; null: none is to be kept. */
export const probeHistory = async (config: GatewayConfig): Promise<HistoryProbe | null> => {
  const place = historyPlace(config);
  if (!place) return null;
  const store = openHistoryStore(place);
  const failure = await store.earliest([]).then(
    () => null,
    ({ message }: Error) => message,
  );
  await store.close();
  return { kind: place.kind === 'SQLITE' ? 'SQLite' : 'PostgreSQL', failure };
};

export interface HistoryProbe {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** Null where it can be used. */
  readonly failure: string | null;
}

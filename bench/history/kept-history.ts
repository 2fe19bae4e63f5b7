import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryStore } from '#history/history-store.ts';
import { openHistoryStore } from '#history/thread/open-history-store.ts';
import { createSources } from '#sources/create-sources.ts';
import { defineConfig, sourceKinds } from '#sources/kinds.ts';
import { startPostgres } from '../../test/support/history/postgres-server.ts';

export type StoreName = 'SQLite' | 'PostgreSQL';

/** A history in a directory, to be filled and asked. */
export interface KeptHistory {
  readonly name: StoreName;
  readonly store: HistoryStore;
  /** Of a gateway over it, whose upstreams do not answer. */
  readonly config: ReturnType<typeof configFor>;
  bytes(): Promise<number>;
  close(): Promise<void>;
}

const UPSTREAM = { url: 'http://127.0.0.1:9', apiKey: `scp_u_${'1'.repeat(32)}` };

const configFor = (directory: string, url: string | null) =>
  defineConfig({
    sources: [
      { ...UPSTREAM, name: 'scanorbit', kind: 'scanorbit', apiKey: `sk_live_${'0'.repeat(64)}` },
      { ...UPSTREAM, name: 'scanopy', kind: 'scanopy' },
    ],
    index: { directory },
    history: { url },
    server: { port: 0 },
    log: { level: 'silent' },
  });

/** Which past is whose. */
export const identitiesOf = (config: KeptHistory['config']): ReadonlyMap<string, string> => {
  const { all } = createSources({ ...config, index: { ...config.index, enabled: false } }, sourceKinds);
  return new Map(all.all.map(({ name, identity }) => [name, identity]));
};

export const openKeptHistory = async (name: StoreName, directory: string): Promise<KeptHistory> => {
  if (name === 'SQLite') {
    const path = join(directory, 'history.sqlite');
    const store = openHistoryStore({ kind: 'SQLITE', path });
    return {
      ...{ name, store, config: configFor(directory, null) },
      bytes: async () => (await stat(path)).size + (await sizeOf(`${path}-wal`)),
      close: () => store.close(),
    };
  }
  const server = await startPostgres({ directory: join(directory, 'postgres'), isSafe: true });
  const url = server.urlOf('postgres');
  const store = openHistoryStore({ kind: 'POSTGRES', url });
  return {
    ...{ name, store, config: configFor(directory, url) },
    bytes: () => server.bytesOf('postgres'),
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
};

const sizeOf = async (path: string): Promise<number> => (existsSync(path) ? (await stat(path)).size : 0);

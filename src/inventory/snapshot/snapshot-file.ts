import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot } from './snapshot.ts';
import { snapshotCodec } from './snapshot-codec.ts';

/** Where a snapshot is kept between runs. The file holds no credential, only a hash that tells it from others. */
export interface SnapshotFile<P extends Snapshot> {
  /** @returns null when there is none, or when it is corrupt, of another format, or of another credential or server. */
  load(): Promise<P | null>;
  /** Atomic: a crash leaves the former file. */
  save(snapshot: P): Promise<void>;
}

/** @param identity everything the snapshot depends on: server address and credential fingerprint. */
export const snapshotFile = <P extends Snapshot>(
  directory: string,
  source: string,
  identity: string,
): SnapshotFile<P> => {
  const codec = snapshotCodec<P>(identity);
  const path = join(directory, `${source}.index.json.gz`);
  return {
    load: async () => {
      const bytes = await readFile(path).catch(() => null);
      return bytes && codec.decode(bytes);
    },
    save: async (snapshot) => {
      await mkdir(directory, { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      try {
        await writeFile(draft, await codec.encode(snapshot), { mode: 0o600, flush: true });
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
};

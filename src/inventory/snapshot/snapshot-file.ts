import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { Snapshot } from './snapshot.ts';

/** Raised whenever a snapshot's shape changes: older ones are discarded. */
const FORMAT = 6;

const header = z.object({ format: z.literal(FORMAT), identity: z.string(), snapshot: z.object({ side: z.string() }) });

/** A snapshot as compressed JSON, to be stored or sent. It contains no credential, only a hash that identifies credential and server. */
export interface SnapshotEncoding<P extends Snapshot> {
  encode(snapshot: P): Promise<Buffer>;
  /** @returns null when it is corrupt, of another format, or of another identity. */
  decode(bytes: Buffer): Promise<P | null>;
}

/** @param identity everything the snapshot depends on: server address and credential fingerprint. */
export const snapshotEncoding = <P extends Snapshot>(identity: string): SnapshotEncoding<P> => {
  const hashed = createHash('sha256').update(identity).digest('hex');
  return {
    encode: (snapshot) => promisify(gzip)(JSON.stringify({ format: FORMAT, identity: hashed, snapshot }, flatten)),
    decode: async (bytes) => {
      try {
        const parsed: unknown = JSON.parse((await promisify(gunzip)(bytes)).toString('utf8'), revive);
        const known = header.safeParse(parsed);
        if (!known.success || known.data.identity !== hashed) return null;
        return (parsed as { snapshot: P }).snapshot;
      } catch {
        return null;
      }
    },
  };
};

const flatten = (_: string, value: unknown): unknown => (value instanceof Map ? { $map: [...value] } : value);

const revive = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$map' in value && Array.isArray(value.$map)
    ? new Map(value.$map)
    : value;

/** Where a snapshot is kept between runs. */
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
  const encoding = snapshotEncoding<P>(identity);
  const path = join(directory, `${source}.index.json.gz`);
  return {
    load: async () => {
      const bytes = await readFile(path).catch(() => null);
      return bytes && encoding.decode(bytes);
    },
    save: async (snapshot) => {
      await mkdir(directory, { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      try {
        await writeFile(draft, await encoding.encode(snapshot), { mode: 0o600, flush: true });
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
};

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { Picture } from './picture.ts';

/** Raised whenever a picture's shape changes: older files are discarded. */
const FORMAT = 2;

const header = z.object({ format: z.literal(FORMAT), identity: z.string(), picture: z.object({ kind: z.string() }) });

/** Where a picture is kept between runs. The file holds no credential, only a hash that tells it from others. */
export interface SnapshotFile<P extends Picture> {
  /** @returns null when there is none, or when it is corrupt, of another format, or of another credential or server. */
  load(): Promise<P | null>;
  /** Atomic: a crash leaves the former file. */
  save(picture: P): Promise<void>;
}

/** @param identity everything the picture depends on: server address and credential fingerprint. */
export const snapshotFile = <P extends Picture>(
  directory: string,
  source: string,
  identity: string,
): SnapshotFile<P> => {
  const hashed = createHash('sha256').update(identity).digest('hex');
  const path = join(directory, `${source}.index.json.gz`);
  return {
    load: async () => {
      try {
        const text = await promisify(gunzip)(await readFile(path));
        const parsed: unknown = JSON.parse(text.toString('utf8'), revive);
        const known = header.safeParse(parsed);
        if (!known.success || known.data.identity !== hashed) return null;
        return (parsed as { picture: P }).picture;
      } catch {
        return null;
      }
    },
    save: async (picture) => {
      await mkdir(directory, { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      try {
        const text = JSON.stringify({ format: FORMAT, identity: hashed, picture }, flatten);
        await writeFile(draft, await promisify(gzip)(text), { mode: 0o600, flush: true });
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
};

const flatten = (_: string, value: unknown): unknown => (value instanceof Map ? { $map: [...value] } : value);

const revive = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$map' in value && Array.isArray(value.$map)
    ? new Map(value.$map)
    : value;

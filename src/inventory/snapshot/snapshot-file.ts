import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { inChunks } from '#lib/in-chunks.ts';
import { inShortTurns } from '#lib/turns.ts';
import type { Snapshot } from './snapshot.ts';

/** Raised whenever a snapshot's shape changes: older ones are discarded. */
const FORMAT = 7;
const START = `{"format":${FORMAT},`;
/** Rows on one line, so that each takes no longer than a millisecond or two. */
const ROWS = 100;

/** The first line; every further one holds some rows of one field. */
const header = z.object({
  format: z.literal(FORMAT),
  identity: z.string(),
  fields: z.looseObject({ side: z.string() }),
});
type Line = readonly [field: string, rows: readonly unknown[]];

/** A snapshot as compressed lines of JSON, to be stored or sent. It contains no credential, only a hash that identifies credential and server. */
export interface SnapshotEncoding<P extends Snapshot> {
  encode(snapshot: P): Promise<Buffer>;
  /** @returns null when it is corrupt, of another format, or of another identity. */
  decode(bytes: Buffer): Promise<P | null>;
}

/** @param identity everything the snapshot depends on: server address and credential fingerprint. */
export const snapshotEncoding = <P extends Snapshot>(identity: string): SnapshotEncoding<P> => {
  const hashed = createHash('sha256').update(identity).digest('hex');
  return {
    encode: (snapshot) => pipeline(linesOf(snapshot, hashed), createGzip(), (zipped) => buffer(zipped)),
    decode: async (bytes) => {
      try {
        return (await pipeline([bytes], createGunzip(), (lines) => readLines(lines, hashed))) as P | null;
      } catch {
        return null;
      }
    },
  };
};

/** In short turns, as is reading them: a large snapshot takes seconds. */
async function* linesOf(snapshot: Snapshot, identity: string): AsyncIterable<string> {
  const fields = Object.entries(snapshot);
  // A field that holds rows is a list or a map; the header says which, by an empty one.
  const rest = fields.map(([name, value]) => [
    name,
    value instanceof Map ? EMPTY_MAP : Array.isArray(value) ? [] : value,
  ]);
  yield `${JSON.stringify({ format: FORMAT, identity, fields: Object.fromEntries(rest) })}\n`;
  const turn = inShortTurns();
  for (const [name, value] of fields) {
    if (!(value instanceof Map) && !Array.isArray(value)) continue;
    for (const rows of inChunks(value, ROWS)) {
      yield `${JSON.stringify([name, rows] satisfies Line)}\n`;
      await turn();
    }
  }
}

const EMPTY_MAP = { $map: [] };

/** @returns null for another format or identity. */
const readLines = async (bytes: AsyncIterable<Buffer>, identity: string): Promise<Record<string, unknown> | null> => {
  let fields: Record<string, unknown> | null = null;
  const turn = inShortTurns();
  for await (const line of splitLines(bytes)) {
    if (fields) addRows(fields, JSON.parse(line) as Line);
    else {
      const known = header.safeParse(JSON.parse(line));
      if (!known.success || known.data.identity !== identity) return null;
      fields = Object.fromEntries(
        Object.entries(known.data.fields).map(([name, value]) => [name, isEmptyMap(value) ? new Map() : value]),
      );
    }
    await turn();
  }
  return fields;
};

const isEmptyMap = (value: unknown): boolean => typeof value === 'object' && value !== null && '$map' in value;

const addRows = (fields: Record<string, unknown>, [name, rows]: Line): void => {
  const field = fields[name];
  if (field instanceof Map) for (const [key, value] of rows as [unknown, unknown][]) field.set(key, value);
  else if (Array.isArray(field)) field.push(...rows);
  else throw new Error(`Expected rows of a list or a map, got rows of "${name}".`);
};

/** @throws Error when it does not begin as this format does: an older one is a single line, which would take long to read. */
async function* splitLines(bytes: AsyncIterable<Buffer>): AsyncIterable<string> {
  let rest = '';
  let isFirst = true;
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    if (isFirst && !lines[0]?.startsWith(START)) throw new Error(`Expected the format ${FORMAT}, got another one.`);
    isFirst = false;
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new Error('Expected whole lines, got a part of one.');
}

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

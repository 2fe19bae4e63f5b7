import { promisify } from 'node:util';
import { zstdCompressSync, zstdDecompress } from 'node:zlib';

const unpack = promisify(zstdDecompress);

/** A record that a reading gave, with the JSON of what moves with every scan. */
export interface OrderedRow {
  readonly record: number;
  readonly sighting: string | null;
}

/** Rows in the order of a reading. Equal for equal ones; records that follow one another take nearly no room, nor do sightings that are alike. */
export const packRowOrder = (rows: readonly OrderedRow[]): Uint8Array => {
  const steps = rows.map(({ record }, i) => record - (rows[i - 1]?.record ?? 0));
  const hasSightings = rows.some(({ sighting }) => sighting !== null);
  const lines = hasSightings ? rows.map(({ sighting }) => sighting ?? '') : [];
  return zstdCompressSync([steps.join(), ...lines].join('\n'));
};

/** Row by row: all of a large reading at once would take long. */
export const unpackRowOrder = async (bytes: Uint8Array): Promise<Generator<OrderedRow, undefined>> =>
  rowsIn((await unpack(bytes)).toString());

function* rowsIn(text: string): Generator<OrderedRow, undefined> {
  const end = endOf(text, '\n', 0);
  let record = 0;
  let line = end + 1;
  for (let at = 0; at < end; ) {
    const next = Math.min(endOf(text, ',', at), end);
    record += Number(text.slice(at, next));
    at = next + 1;
    const lineEnd = endOf(text, '\n', line);
    yield { record, sighting: text.slice(line, lineEnd) || null };
    line = lineEnd + 1;
  }
}

const endOf = (text: string, mark: string, from: number): number => {
  const found = from < text.length ? text.indexOf(mark, from) : -1;
  return found === -1 ? text.length : found;
};

import { promisify } from 'node:util';
import { zstdCompressSync, zstdDecompress } from 'node:zlib';

const unpack = promisify(zstdDecompress);

/** The records that a reading gave, in its order, each with the JSON of what moves with every scan. */
export interface RowOrder {
  readonly records: readonly number[];
  readonly sightings: readonly (string | null)[];
}

/** Equal for equal ones. Records that follow one another take nearly no room, nor do sightings that are alike. */
export const packRowOrder = ({ records, sightings }: RowOrder): Uint8Array => {
  const steps = records.map((record, i) => record - (records[i - 1] ?? 0));
  const lines = sightings.some((sighting) => sighting !== null) ? sightings.map((sighting) => sighting ?? '') : [];
  return zstdCompressSync([steps.join(), ...lines].join('\n'));
};

export const unpackRowOrder = async (bytes: Uint8Array): Promise<RowOrder> => {
  const [steps = '', ...lines] = (await unpack(bytes)).toString().split('\n');
  let record = 0;
  const records = steps === '' ? [] : steps.split(',').map((step) => (record += Number(step)));
  return { records, sightings: records.map((_, i) => lines[i] || null) };
};

import { inChunks } from '#lib/in-chunks.ts';
import { HistoryError, type HistoryType, type HistoryValue, type PastRow, type PastState } from '../history-store.ts';
import { type OrderedRow, unpackRowOrder } from './row-order.ts';

/** What a store has of a source at one moment, as it is stored. */
export interface StoredState extends Omit<PastState, 'rows' | 'edgeOwners'> {
  readonly types: readonly StoredOrder[];
  /** Packed: resources. */
  readonly edgeOwners: Uint8Array;
}

/** In which order the records of a type were given. */
export interface StoredOrder {
  readonly type: HistoryType;
  /** Parts in the order in which they were given, each with how many records of it came then. */
  readonly runs: readonly (readonly [part: string, count: number])[];
  /** Packed, of each part. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

/** A record as it was at one moment. */
export interface StoredValue {
  readonly record: number;
  readonly id: string;
  readonly owner: string | null;
  /** JSON, the newest first: each holds the fields in which it was otherwise than the one before. */
  readonly values: readonly string[];
}

/** How a state is read from a store. What is asked of some moment is the same however much is added later. */
export interface StateReader {
  /** @throws HistoryError, as do the others */
  state(): Promise<StoredState | null>;
  /** Of those records that are known at that moment. */
  values(records: readonly number[], at: number): Promise<readonly StoredValue[]>;
  /** Ids of records, in the same order; those that are forgotten are left out. */
  ids(records: readonly number[]): Promise<readonly string[]>;
}

/** Records asked for at once. */
const AT_ONCE = 500;
/** Ids asked for at once. */
const IDS_AT_ONCE = 5_000;

export const readPastState = async (reader: StateReader): Promise<PastState | null> => {
  const stored = await reader.state();
  if (!stored) return null;
  const { types, edgeOwners, ...state } = stored;
  return { ...state, edgeOwners: await idsOf(reader, edgeOwners), rows: rowsOf(reader, types, state.reading.at) };
};

const idsOf = async (reader: StateReader, packed: Uint8Array): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const some of inChunks(await unpackRowOrder(packed), IDS_AT_ONCE))
    ids.push(...(await reader.ids(some.map(({ record }) => record))));
  return ids;
};

interface Given extends OrderedRow {
  readonly part: string;
}

async function* rowsOf(
  reader: StateReader,
  types: readonly StoredOrder[],
  at: number,
): AsyncIterable<readonly PastRow[]> {
  for (const order of types) {
    let read: Promise<readonly PastRow[]> | null = null;
    for (const given of inChunks(await givenOf(order), AT_ONCE)) {
      const next = pastRows(reader, order.type, given, at);
      // Who asks no further must not meet its failure; who does, will.
      next.catch(() => {});
      // The store reads the next ones while these are used.
      if (read) yield await read;
      read = next;
    }
    if (read) yield await read;
  }
}

/** In their order, over all parts. */
const givenOf = async ({ runs, parts }: StoredOrder): Promise<Iterable<Given>> => {
  const rows = new Map<string, Generator<OrderedRow, undefined>>();
  for (const [part, packed] of parts) rows.set(part, await unpackRowOrder(packed));
  return (function* () {
    for (const [part, count] of runs) {
      for (let i = 0; i < count; i++) {
        const row = rows.get(part)?.next().value;
        if (!row) throw new HistoryError('Expected the rows of a reading, got its order without them.');
        yield { ...row, part };
      }
    }
  })();
};

const pastRows = async (
  reader: StateReader,
  type: HistoryType,
  given: readonly Given[],
  at: number,
): Promise<readonly PastRow[]> => {
  const values = await reader.values(
    given.map(({ record }) => record),
    at,
  );
  const known = new Map(values.map((value) => [value.record, value]));
  return given.map((row) => pastRow(type, row, known));
};

const pastRow = (
  type: HistoryType,
  { part, record, sighting }: Given,
  known: ReadonlyMap<number, StoredValue>,
): PastRow => {
  const stored = known.get(record);
  if (!stored) throw new HistoryError('Expected what was so then to be known still, got a moment that was forgotten.');
  const { id, owner, values } = stored;
  return { type, id, owner, part, value: mergedValue(sighting === null ? values : [...values, sighting]) };
};

/** Of several objects the fields of all, as the last has them: JSON takes the last of fields that are repeated. */
const mergedValue = (texts: readonly string[]): HistoryValue => {
  const fields = texts.map((text) => text.slice(1, -1)).filter((text) => text !== '');
  return JSON.parse(`{${fields.join()}}`) as HistoryValue;
};

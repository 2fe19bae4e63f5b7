import { HistoryError, type HistoryType, type HistoryValue, type PastRow, type PastState } from '../history-store.ts';
import { type RowOrder, unpackRowOrder } from './row-order.ts';

/** What a store has of a source at one moment, as it is stored. */
export interface StoredState extends Omit<PastState, 'rows' | 'edgeOwners'> {
  readonly types: readonly StoredOrder[];
  /** A packed {@link RowOrder} of resources. */
  readonly edgeOwners: Uint8Array;
}

/** In which order the records of a type were given. */
export interface StoredOrder {
  readonly type: HistoryType;
  /** Parts in the order in which they were given, each with how many records of it came then. */
  readonly runs: readonly (readonly [part: string, count: number])[];
  /** A packed {@link RowOrder} of each part. */
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

export const readPastState = async (reader: StateReader): Promise<PastState | null> => {
  const stored = await reader.state();
  if (!stored) return null;
  const { types, edgeOwners, ...state } = stored;
  const { records } = await unpackRowOrder(edgeOwners);
  return { ...state, edgeOwners: await reader.ids(records), rows: rowsOf(reader, types, state.reading.at) };
};

interface Given {
  readonly part: string;
  readonly record: number;
  readonly sighting: string | null;
}

async function* rowsOf(
  reader: StateReader,
  types: readonly StoredOrder[],
  at: number,
): AsyncIterable<readonly PastRow[]> {
  for (const order of types) {
    const given = await givenOf(order);
    const read = (from: number) =>
      from < given.length ? valuesOf(reader, given.slice(from, from + AT_ONCE), at) : Promise.resolve(null);
    // The store reads the next ones while these are made.
    let next = read(0);
    for (let from = 0; from < given.length; from += AT_ONCE) {
      const known = await next;
      next = read(from + AT_ONCE);
      // Who asks no further must not meet its failure; who does, will.
      next.catch(() => {});
      yield given.slice(from, from + AT_ONCE).map((row) => pastRow(order.type, row, known));
    }
  }
}

const givenOf = async ({ runs, parts }: StoredOrder): Promise<readonly Given[]> => {
  const orders = new Map<string, { readonly order: RowOrder; next: number }>();
  for (const [part, bytes] of parts) orders.set(part, { order: await unpackRowOrder(bytes), next: 0 });
  return runs.flatMap(([part, count]) => {
    const known = orders.get(part);
    if (!known) throw new HistoryError('Expected the rows of a reading, got its order without them.');
    const from = known.next;
    known.next += count;
    return known.order.records
      .slice(from, known.next)
      .map((record, i) => ({ part, record, sighting: known.order.sightings[from + i] ?? null }));
  });
};

const valuesOf = async (reader: StateReader, given: readonly Given[], at: number) => {
  const values = await reader.values(
    given.map(({ record }) => record),
    at,
  );
  return new Map(values.map((value) => [value.record, value]));
};

const pastRow = (
  type: HistoryType,
  { part, record, sighting }: Given,
  known: ReadonlyMap<number, StoredValue> | null,
): PastRow => {
  const stored = known?.get(record);
  if (!stored) throw new HistoryError('Expected what was so then to be known still, got a moment that was forgotten.');
  const { id, owner, values } = stored;
  return { type, id, owner, part, value: mergedValue(sighting === null ? values : [...values, sighting]) };
};

/** Of several objects the fields of all, as the last has them: JSON takes the last of fields that are repeated. */
const mergedValue = (texts: readonly string[]): HistoryValue => {
  const fields = texts.map((text) => text.slice(1, -1)).filter((text) => text !== '');
  return JSON.parse(`{${fields.join()}}`) as HistoryValue;
};

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { getOrMake } from '#lib/get-or-make.ts';
import { HISTORY_TYPES } from '../history-store.ts';
import { packRowOrder } from '../row-order.ts';

/** Stands for the order of parts among the parts of a type. */
export const RUNS = 0;
/** Stands for the resources of which edges are known among the types. */
export const EDGE_OWNERS = -1;

/** The rows of one reading in the order in which they were given. */
export class GivenRows {
  /** By type. */
  readonly #runs = new Map<number, [part: number, count: number][]>();
  /** By type, then by part. */
  readonly #orders = new Map<number, Map<number, { records: number[]; sightings: (string | null)[] }>>();

  add(type: number, part: number, record: number, sighting: string | null): void {
    const runs = getOrMake(this.#runs, type, () => []);
    const run = runs.at(-1);
    if (run?.[0] === part) run[1]++;
    else runs.push([part, 1]);
    const orders = getOrMake(this.#orders, type, () => new Map());
    const order = getOrMake(orders, part, () => ({ records: [], sightings: [] }));
    order.records.push(record);
    order.sightings.push(sighting);
  }

  /** What is as in the reading before is not written again. */
  write(database: DatabaseSync, source: number, at: number, edgeOwners: Iterable<string>): void {
    const newest = database.prepare(
      'SELECT content FROM row_order WHERE source = ? AND type = ? AND part = ? ORDER BY at DESC LIMIT 1',
    );
    const add = database.prepare('INSERT INTO row_order (source, type, part, at, content) VALUES (?, ?, ?, ?, ?)');
    const put = (type: number, part: number, content: Uint8Array) => {
      const former = newest.get(source, type, part)?.content as Uint8Array | undefined;
      if (!former || Buffer.compare(former, content) !== 0) add.run(source, type, part, at, content);
    };
    for (const type of HISTORY_TYPES.keys()) {
      put(type, RUNS, Buffer.from(JSON.stringify(this.#runs.get(type) ?? [])));
      for (const [part, order] of this.#orders.get(type) ?? []) put(type, part, packRowOrder(order));
    }
    put(EDGE_OWNERS, RUNS, ownersOf(database, source, edgeOwners));
  }
}

const ownersOf = (database: DatabaseSync, source: number, owners: Iterable<string>): Uint8Array => {
  const find: StatementSync = database.prepare('SELECT id FROM record WHERE source = ? AND type = 0 AND key = ?');
  const records = [...owners].flatMap((owner) => {
    const found = find.get(source, owner);
    return found ? [Number(found.id)] : [];
  });
  return packRowOrder({ records, sightings: [] });
};

import { getOrMake } from '#lib/get-or-make.ts';
import { HISTORY_TYPES } from '../history-store.ts';
import { type Database, IS_GIVEN_RECORD, jsonRows } from './database.ts';
import { type OrderedRow, packRowOrder } from './row-order.ts';

/** Stands for the order of parts among the parts of a type. */
export const RUNS = 0;
/** Stands for the resources of which edges are known among the types. */
export const EDGE_OWNERS = -1;

/** The rows of one reading in the order in which they were given. */
export class GivenRows {
  /** By type. */
  readonly #runs = new Map<number, [part: number, count: number][]>();
  /** By type, then by part. */
  readonly #orders = new Map<number, Map<number, OrderedRow[]>>();

  add(type: number, part: number, record: number, sighting: string | null): void {
    const runs = getOrMake(this.#runs, type, () => []);
    const run = runs.at(-1);
    if (run?.[0] === part) run[1]++;
    else runs.push([part, 1]);
    const orders = getOrMake(this.#orders, type, () => new Map());
    getOrMake(orders, part, () => []).push({ record, sighting });
  }

  /** What is as in the reading before is not written again. */
  async write(database: Database, source: number, at: number, edgeOwners: ReadonlySet<string>): Promise<void> {
    const put = async (type: number, part: number, content: Uint8Array) => {
      const [former] = await database.all<{ readonly content: Uint8Array }>(
        'SELECT content FROM row_order WHERE source = ? AND type = ? AND part = ? ORDER BY at DESC LIMIT 1',
        ...[source, type, part],
      );
      if (former && Buffer.compare(former.content, content) === 0) return;
      const sql = 'INSERT INTO row_order (source, type, part, at, content) VALUES (?, ?, ?, ?, ?)';
      await database.run(sql, source, type, part, at, content);
    };
    for (const type of HISTORY_TYPES.keys()) {
      await put(type, RUNS, Buffer.from(JSON.stringify(this.#runs.get(type) ?? [])));
      for (const [part, order] of this.#orders.get(type) ?? []) await put(type, part, packRowOrder(order));
    }
    await put(EDGE_OWNERS, RUNS, packRowOrder(await ownersOf(database, source, edgeOwners)));
  }
}

const ownersOf = async (database: Database, source: number, owners: ReadonlySet<string>) => {
  const known = await database.all<{ readonly id: number }>(
    `SELECT record.id FROM ${database.dialect.given} CROSS JOIN record
     WHERE ${IS_GIVEN_RECORD} ORDER BY given.key`,
    jsonRows([...owners].map((owner) => [source, HISTORY_TYPES.indexOf('Resource'), owner])),
  );
  return known.map(({ id }) => ({ record: id, sighting: null }));
};

import type { RowOfPart } from './messages.ts';

/** Rows that take about a millisecond to compare. */
const COMPARED_AT_ONCE = 4000;

interface Difference {
  /** JSON of rows that differ. */
  readonly rows: string | null;
  /** Rows that are gone, or have moved to another part. */
  readonly gone: readonly RowOfPart[] | null;
}

const NOTHING: Difference = { rows: null, gone: null };

/**
 * What differs between two readings, some of it at a time. Both mostly hold the same rows in the same order: they are gone through side
 * by side, and only what stands elsewhere is looked up.
 * @param pack null where nothing of the row differs
 */
export function* differing<R extends { readonly id: string }>(
  former: ReadonlyMap<string, R> | undefined,
  rows: ReadonlyMap<string, R>,
  partOf: (row: R) => string,
  pack: (row: R, before: R | null) => unknown,
  atOnce: number,
): Iterable<Difference> {
  const beside = new Beside(former ?? new Map());
  const gone: RowOfPart[] = [];
  let waiting: unknown[] = [];
  let compared = 0;
  for (const row of rows.values()) {
    const before = beside.find(row.id);
    if (before && before !== row && partOf(before) !== partOf(row)) gone.push([partOf(before), row.id]);
    const packed = pack(row, before);
    if (packed !== null) waiting.push(packed);
    compared += 1;
    if (waiting.length === atOnce) {
      yield { ...NOTHING, rows: JSON.stringify(waiting) };
      waiting = [];
    } else if (compared % COMPARED_AT_ONCE === 0) yield NOTHING;
  }
  if (waiting.length > 0) yield { ...NOTHING, rows: JSON.stringify(waiting) };
  if (former && beside.found < former.size) {
    for (const [id, before] of former) {
      if (!rows.has(id)) gone.push([partOf(before), id]);
      compared += 1;
      if (compared % COMPARED_AT_ONCE === 0) yield NOTHING;
    }
  }
  if (gone.length > 0) yield { ...NOTHING, gone };
}

/** Rows by id, which are asked for mostly in their own order. */
class Beside<R extends { readonly id: string }> {
  readonly #rows: ReadonlyMap<string, R>;
  readonly #inOrder: Iterator<R>;
  #next: R | undefined;
  found = 0;

  constructor(rows: ReadonlyMap<string, R>) {
    this.#rows = rows;
    this.#inOrder = rows.values();
    this.#advance();
  }

  find(id: string): R | null {
    const row = this.#next?.id === id ? this.#next : this.#rows.get(id);
    if (row === undefined) return null;
    this.found += 1;
    while (this.#next && this.#next !== row) this.#advance();
    this.#advance();
    return row;
  }

  #advance(): void {
    this.#next = this.#inOrder.next().value;
  }
}

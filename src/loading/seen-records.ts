import type { RowRef } from '#lib/record-ref.ts';

type Rows<T> = Iterable<T | null>;

/** Records that lists of one request have brought. They are put in order only when somebody asks for one: most requests never do. */
export class SeenRecords<T extends RowRef> {
  readonly #unsorted: (() => Rows<T>)[] = [];
  readonly #sorted = new Map<string, T>();

  add(rows: () => Rows<T>): void {
    this.#unsorted.push(rows);
  }

  find(source: string, id: string): T | undefined {
    for (const rows of this.#unsorted.splice(0))
      for (const row of rows()) if (row) this.#sorted.set(keyOf(row.source, row.id), row);
    return this.#sorted.get(keyOf(source, id));
  }
}

const keyOf = (source: string, id: string): string => `${source}:${id}`;

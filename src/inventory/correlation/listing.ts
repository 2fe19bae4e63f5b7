/** Rows in the order of their keys, of which a few change at a time. */
export class Listing<T> {
  readonly #isSame: (one: T, other: T) => boolean;
  readonly #rows = new Map<string, T>();
  readonly #pending = new Map<string, T | null>();
  /** In order. */
  #keys: readonly string[] = [];
  #hasChanged = true;

  constructor(isSame: (one: T, other: T) => boolean) {
    this.#isSame = isSame;
  }

  /** Takes the place of the row with the key, if there is one. */
  put(key: string, row: T): void {
    this.#pending.set(key, row);
  }

  /** Unless another row is put in its place, before or afterwards. */
  remove(key: string): void {
    if (!this.#pending.has(key)) this.#pending.set(key, null);
  }

  /** To be called once a change is complete. */
  settle(): void {
    const added: string[] = [];
    let areGone = false;
    for (const [key, row] of this.#pending) {
      const before = this.#rows.get(key);
      if (row === null) areGone = this.#rows.delete(key) || areGone;
      else if (before === undefined) added.push(key);
      else if (this.#isSame(before, row)) continue;
      if (row !== null) this.#rows.set(key, row);
      this.#hasChanged ||= row !== null || before !== undefined;
    }
    this.#pending.clear();
    const kept = areGone ? this.#keys.filter((key) => this.#rows.has(key)) : this.#keys;
    // The sort finds what is in order already.
    this.#keys = added.length > 0 ? [...kept, ...added.sort()].sort() : kept;
  }

  rows(): readonly T[] {
    return this.#keys.flatMap((key) => this.#rows.get(key) ?? []);
  }

  /** Whether anything changed since this was last asked. */
  takeChanged(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }
}

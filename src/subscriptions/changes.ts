/** Tells a record apart from its last version: what was told once is not told again. */
export class Changes<T extends { readonly id: string }> {
  readonly #known: Map<string, string>;
  readonly #versionOf: (record: T) => string;

  /** @param known versions by id, as told before. */
  constructor(versionOf: (record: T) => string, known: ReadonlyMap<string, string> = new Map()) {
    this.#versionOf = versionOf;
    this.#known = new Map(known);
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** True for a record that is new or differs from what was noted last. */
  note(record: T): boolean {
    const version = this.#versionOf(record);
    if (this.#known.get(record.id) === version) return false;
    this.#known.set(record.id, version);
    return true;
  }

  /** Forgets all but `ids`, so that years of listening do not fill the memory. */
  keepOnly(ids: Iterable<string>): void {
    const kept = new Set(ids);
    for (const id of this.#known.keys()) if (!kept.has(id)) this.#known.delete(id);
  }
}

/** Stores what a watch knows (versions by id) where another process can continue from it. */
export interface WatchMemory {
  /** Null when nothing is known: then the first reading is only recorded, and emits nothing. */
  load(): Promise<ReadonlyMap<string, string> | null>;
  /** Called after all changes in it were emitted. */
  save(known: ReadonlyMap<string, string>): void;
}

/** For a watch that no other process continues. */
export const NO_MEMORY: WatchMemory = { load: async () => null, save: () => {} };

/** Remembers the last version of each record, to find out which records have changed. */
export class Changes<T extends { readonly id: string }> {
  readonly #known: Map<string, string>;
  readonly #versionOf: (record: T) => string;

  /** @param known versions by id, from an earlier watch. */
  constructor(versionOf: (record: T) => string, known: ReadonlyMap<string, string> = new Map()) {
    this.#versionOf = versionOf;
    this.#known = new Map(known);
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** Remembers the record. @returns whether it is new or has another version than before. */
  note(record: T): boolean {
    const version = this.#versionOf(record);
    if (this.#known.get(record.id) === version) return false;
    this.#known.set(record.id, version);
    return true;
  }

  /** Forgets all records but `ids`, so that memory does not grow with time. */
  keepOnly(ids: Iterable<string>): void {
    const kept = new Set(ids);
    for (const id of this.#known.keys()) if (!kept.has(id)) this.#known.delete(id);
  }
}

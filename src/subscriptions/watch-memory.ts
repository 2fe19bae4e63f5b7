/** Stores what a watch knows (versions by id) where another process can continue from it. */
export interface WatchMemory {
  /** Null when nothing is known: then the first reading is only recorded, and emits nothing. */
  load(): Promise<ReadonlyMap<string, string> | null>;
  /** Called after all changes in it were emitted. */
  save(known: ReadonlyMap<string, string>): void;
}

/** For a watch that no other process continues. */
export const NO_MEMORY: WatchMemory = { load: async () => null, save: () => {} };

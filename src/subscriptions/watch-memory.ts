/** What a watch knows, version by id, kept where another process can take it up. */
export interface WatchMemory {
  /** Null: nothing is known, so the first reading only says where things stand. */
  load(): Promise<ReadonlyMap<string, string> | null>;
  /** After everything that is new in it was told. */
  save(known: ReadonlyMap<string, string>): void;
}

/** Of a watch that nobody takes up. */
export const NO_MEMORY: WatchMemory = { load: async () => null, save: () => {} };

import type { CorrelationConfig } from './correlation/correlation-input.ts';
import { Inventory } from './inventory.ts';
import { missingRows, type Snapshot } from './snapshot/snapshot.ts';

/** A source's index, or null where it has none (the index is off, or the caller brought the key). */
export interface IndexedSource {
  readonly name: string;
  readonly index: { snapshot(): Snapshot | null } | null;
}

/** Hands out the inventory of a set of sources; the same one until a snapshot changes. */
export class InventoryKeeper {
  readonly #sources: readonly IndexedSource[];
  readonly #rules: Partial<CorrelationConfig>;
  #snapshots: readonly (Snapshot | null)[] = [];
  #inventory: Inventory | null = null;

  constructor(sources: readonly IndexedSource[], rules: Partial<CorrelationConfig>) {
    this.#sources = sources;
    this.#rules = rules;
  }

  read(): Inventory {
    const snapshots = this.#sources.map(({ index }) => index?.snapshot() ?? null);
    const known = this.#inventory;
    if (known && snapshots.every((snapshot, i) => snapshot === this.#snapshots[i])) return known;
    const isWhole = (snapshot: Snapshot | null | undefined) => snapshot && missingRows(snapshot) === 0;
    const gaps = this.#sources.filter((_, i) => !isWhole(snapshots[i])).map(({ name }) => name);
    this.#snapshots = snapshots;
    this.#inventory = new Inventory(
      snapshots.filter((snapshot) => snapshot !== null),
      gaps,
      this.#rules,
    );
    return this.#inventory;
  }
}

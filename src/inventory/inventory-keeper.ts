import { noteChange } from '#lib/change-count.ts';
import type { Deriver } from './derivation/deriver.ts';
import { Derived, type DerivedTables } from './derived.ts';
import { Inventory } from './inventory.ts';
import { missingRows, type Snapshot } from './snapshot/snapshot.ts';

/** A source's index, or null where it has none (the index is off, or the caller brought the key). */
export interface IndexedSource {
  readonly name: string;
  readonly index: { snapshot(): Snapshot | null } | null;
}

/** Hands out the inventory of a set of sources, the same one until a snapshot changes, and what follows from it. */
export class InventoryKeeper {
  readonly #sources: readonly IndexedSource[];
  readonly #deriver: Deriver;
  #snapshots: readonly (Snapshot | null)[] = [];
  #inventory: Inventory | null = null;
  #tables: DerivedTables | null = null;
  #derived: Derived | null = null;
  #running: Promise<void> | null = null;

  constructor(sources: readonly IndexedSource[], deriver: Deriver) {
    this.#sources = sources;
    this.#deriver = deriver;
  }

  /** By which links are found. */
  get rules(): Deriver['rules'] {
    return this.#deriver.rules;
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
    );
    return this.#inventory;
  }

  /** What follows from the inventory, or from the former one while it is derived anew. Waits for the first one. @throws DerivationError */
  async derived(): Promise<Derived> {
    for (;;) {
      const derived = this.derivedNow();
      if (derived) return derived;
      await this.#running;
    }
  }

  /** The same without waiting; null where {@link derived} would wait. */
  derivedNow(): Derived | null {
    const inventory = this.read();
    if (this.#tables?.from !== inventory) {
      if (this.#deriver.isSmall(inventory)) this.#tables = this.#deriver.deriveHere(inventory);
      else this.#deriveAnew(inventory);
    }
    const tables = this.#tables;
    if (!tables || !isAlike(tables.from, inventory)) return null;
    if (this.#derived?.inventory !== inventory || !this.#derived.isOf(tables))
      this.#derived = new Derived(inventory, tables);
    return this.#derived;
  }

  /** Stands for the former derivation while that answers; null otherwise. */
  formerDerivation(): object | null {
    const inventory = this.read();
    return this.#tables?.from === inventory || this.#deriver.isSmall(inventory) ? null : this.#tables;
  }

  /** Once no former derivation answers any more. @throws DerivationError */
  async settled(): Promise<void> {
    while (this.formerDerivation()) {
      this.derivedNow();
      await this.#running;
    }
  }

  #deriveAnew(inventory: Inventory): void {
    this.#running ??= this.#deriver
      .derive(inventory)
      .then((tables) => {
        this.#tables = tables;
        noteChange();
      })
      .finally(() => {
        this.#running = null;
      });
    // Who waits for it gets the error; the deriver reports it anyway.
    this.#running.catch(() => {});
  }
}

/** Whether what followed from one still says something of the other: the same sources, read as far. */
const isAlike = (one: Inventory, other: Inventory): boolean => one === other || stateOf(one) === stateOf(other);

const stateOf = ({ cloud, network, gaps }: Inventory): string =>
  JSON.stringify([
    cloud.map(({ source, edgesComplete }) => [source, edgesComplete]),
    network.map(({ source }) => source),
    gaps,
  ]);

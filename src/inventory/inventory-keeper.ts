import type { CorrelationConfig } from './correlation/correlation-config.ts';
import { Inventory } from './inventory.ts';
import { missingRows, type Picture } from './snapshot/picture.ts';

/** A source's index, or null where it has none (the index is off, or the caller brought the key). */
export interface IndexedSource {
  readonly name: string;
  readonly index: { picture(): Picture | null } | null;
}

/** Hands out the inventory of a set of sources; the same one until a picture changes. */
export class InventoryKeeper {
  readonly #sources: readonly IndexedSource[];
  readonly #rules: Partial<CorrelationConfig>;
  #pictures: readonly (Picture | null)[] = [];
  #inventory: Inventory | null = null;

  constructor(sources: readonly IndexedSource[], rules: Partial<CorrelationConfig>) {
    this.#sources = sources;
    this.#rules = rules;
  }

  read(): Inventory {
    const pictures = this.#sources.map(({ index }) => index?.picture() ?? null);
    const known = this.#inventory;
    if (known && pictures.every((picture, i) => picture === this.#pictures[i])) return known;
    const isWhole = (picture: Picture | null | undefined) => picture && missingRows(picture) === 0;
    const gaps = this.#sources.filter((_, i) => !isWhole(pictures[i])).map(({ name }) => name);
    this.#pictures = pictures;
    this.#inventory = new Inventory(
      pictures.filter((picture) => picture !== null),
      gaps,
      this.#rules,
    );
    return this.#inventory;
  }
}

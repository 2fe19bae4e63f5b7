import { recordsIn, type Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { PastMoment, ReadingOfMoment } from '../source-set.ts';

/** What one reading had. */
export interface Rebuilt {
  readonly reading: ReadingOfMoment;
  readonly snapshot: Snapshot;
}

export interface KeptMoment {
  readonly moment: PastMoment;
  /** By source and reading. */
  readonly rebuilt: ReadonlyMap<string, Rebuilt>;
}

/**
 * Moments that were asked for lately, up to a number of records; the last one of them, however large it is. Records that several have
 * count for each of them, since links and relations follow from them in each.
 */
export class KeptMoments {
  readonly #mostRecords: number;
  /** The one asked for last comes last. */
  readonly #moments = new Map<string, KeptMoment>();

  constructor(mostRecords: number) {
    this.#mostRecords = mostRecords;
  }

  get(key: string): KeptMoment | undefined {
    const kept = this.#moments.get(key);
    if (kept) this.keep(key, kept);
    return kept;
  }

  keep(key: string, kept: KeptMoment): void {
    this.#moments.delete(key);
    this.#moments.set(key, kept);
    for (const [oldest] of this.#moments) {
      if (this.#moments.size === 1 || this.#records() <= this.#mostRecords) return;
      this.#moments.delete(oldest);
    }
  }

  /** A reading that one of the moments has. */
  reading(name: string): Rebuilt | undefined {
    for (const { rebuilt } of this.#moments.values()) {
      const known = rebuilt.get(name);
      if (known) return known;
    }
    return undefined;
  }

  #records(): number {
    const rebuilt = [...this.#moments.values()].flatMap((kept) => [...kept.rebuilt.values()]);
    return rebuilt.reduce((sum, { snapshot }) => sum + recordsIn(snapshot), 0);
  }
}

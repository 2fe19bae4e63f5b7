import { type PerSide, perSide, type SourceSide } from '#lib/source-side.ts';

interface CostedField {
  /** Response path without list positions, e.g. `findings.nodes.resource`. */
  readonly path: string;
  readonly requests: number;
}

export interface Estimate {
  readonly requests: PerSide<number>;
  /** Fields that cost something, dearest first. */
  readonly fields: PerSide<readonly CostedField[]>;
}

/** Fields looked at, fragments written out. A document that unfolds to more is not worth an exact number. */
const MOST_FIELDS = 20_000;
const BEYOND_COUNTING = 1_000_000_000;

/** Adds up what the fields of one operation cost. */
export class Tally {
  #fieldsSeen = 0;
  readonly #own = perSide(() => new Map<string, number>());
  readonly #shared = perSide(() => new Map<string, CostedField>());

  /** @returns false when that would be one too many: then the operation costs more than can be said. */
  looksAtAnother(path: string): boolean {
    this.#fieldsSeen += 1;
    if (this.#fieldsSeen === MOST_FIELDS) this.add('CLOUD', path, BEYOND_COUNTING, undefined);
    return this.#fieldsSeen < MOST_FIELDS;
  }

  add(side: SourceSide, path: string, requests: number, shared: string | undefined): void {
    if (requests <= 0) return;
    if (shared === undefined) {
      this.#own[side].set(path, (this.#own[side].get(path) ?? 0) + requests);
      return;
    }
    const known = this.#shared[side].get(shared);
    if (!known || known.requests < requests) this.#shared[side].set(shared, { path, requests });
  }

  result(): Estimate {
    const fields = perSide((side) => this.#fields(side));
    const sum = (of: readonly CostedField[]) => of.reduce((total, { requests }) => total + requests, 0);
    return { requests: perSide((side) => sum(fields[side])), fields };
  }

  #fields(side: SourceSide): CostedField[] {
    const byPath = new Map(this.#own[side]);
    for (const { path, requests } of this.#shared[side].values()) byPath.set(path, (byPath.get(path) ?? 0) + requests);
    return [...byPath]
      .map(([path, requests]) => ({ path, requests }))
      .sort((a, b) => b.requests - a.requests || a.path.localeCompare(b.path));
  }
}

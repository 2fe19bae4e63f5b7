import { type CloudFacts, cloudFactsOf } from '../correlation/cloud-facts.ts';
import type { Correlator } from '../correlation/correlator.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';

interface Rows {
  readonly resources: ReadonlyMap<string, ResourceFacts>;
  readonly edges: ReadonlyMap<string, readonly EdgeFacts[]>;
}

/** What the correlator knows of one account, and what it is still to be told. */
export class AccountCorrelation {
  readonly #known = new Map<string, CloudFacts>();
  /** Ids of rows that are new, gone, or differ in something that rules read. */
  readonly #changed = new Set<string>();
  /** Ids of rows that were seen at another time. */
  readonly #seen = new Set<string>();

  noteChanged(id: string): void {
    this.#changed.add(id);
  }

  noteSeen(id: string): void {
    this.#seen.add(id);
  }

  /** @param isNew whether the correlator knows nothing yet */
  tell(correlator: Correlator, isNew: boolean, { resources, edges }: Rows): void {
    for (const id of this.#changed) {
      const [before, row] = [this.#known.get(id), resources.get(id)];
      if (before && !isNew) correlator.drop(before);
      this.#known.delete(id);
      if (!row) continue;
      const facts = cloudFactsOf(row, edges.get(id) ?? []);
      this.#known.set(id, facts);
      if (!isNew) correlator.put(facts);
    }
    for (const id of this.#seen) {
      const [facts, row] = [this.#known.get(id), resources.get(id)];
      if (!facts || !row) continue;
      facts.row = row;
      if (!isNew) correlator.seenAgain(facts);
    }
    this.#changed.clear();
    this.#seen.clear();
    if (isNew) for (const facts of this.#known.values()) correlator.put(facts);
  }
}

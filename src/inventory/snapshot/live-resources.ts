import type { ResourceAnswer } from '#entities/resource/model.ts';
import { correctSnapshot, type LiveResource } from './correct-snapshot.ts';
import type { Corrections } from './corrections.ts';
import type { CloudSnapshot } from './snapshot.ts';

/**
 * The newest of what callers' questions learned of each resource. What the index reads itself is in the snapshot it builds, so it
 * outdates what was learned before.
 */
export class LiveResources implements Corrections<CloudSnapshot> {
  /** By row id, or by whatever name the source did not find. */
  readonly #known = new Map<string, LiveResource>();
  readonly #isNew = new Set<string>();

  note({ rows, missing, givenAt, isForIndex }: ResourceAnswer): void {
    for (const row of rows) {
      this.#forget(row.resourceId);
      if (isForIndex) this.#forget(row.id);
      else this.#learn(row.id, { name: row.id, row, givenAt });
    }
    if (missing !== null) this.#learn(missing, { name: missing, row: null, givenAt });
  }

  apply(snapshot: CloudSnapshot): CloudSnapshot {
    if (this.#isNew.size === 0) return snapshot;
    const learned = [...this.#isNew].flatMap((name) => this.#known.get(name) ?? []);
    this.#isNew.clear();
    return correctSnapshot(snapshot, learned);
  }

  settle(snapshot: CloudSnapshot): CloudSnapshot {
    const learned = [...this.#known.values()];
    this.#known.clear();
    this.#isNew.clear();
    return correctSnapshot(snapshot, learned);
  }

  #learn(name: string, of: LiveResource): void {
    this.#known.set(name, of);
    this.#isNew.add(name);
  }

  #forget(name: string): void {
    this.#known.delete(name);
    this.#isNew.delete(name);
  }
}

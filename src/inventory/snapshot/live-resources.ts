import type { ResourceAnswer } from '#entities/resource/model.ts';
import { correctPicture, type LiveResource } from './correct-picture.ts';
import type { Corrections } from './corrections.ts';
import type { CloudPicture } from './picture.ts';

/**
 * The newest of what callers' questions learned of each resource. What the index reads itself is in the picture it builds, so it
 * outdates what was learned before.
 */
export class LiveResources implements Corrections<CloudPicture> {
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

  apply(picture: CloudPicture): CloudPicture {
    if (this.#isNew.size === 0) return picture;
    const learned = [...this.#isNew].flatMap((name) => this.#known.get(name) ?? []);
    this.#isNew.clear();
    return correctPicture(picture, learned);
  }

  settle(picture: CloudPicture): CloudPicture {
    const learned = [...this.#known.values()];
    this.#known.clear();
    this.#isNew.clear();
    return correctPicture(picture, learned);
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

import { LRUCache } from 'lru-cache';
import type { Viewer } from '../auth/viewer.ts';

/** Longer documents are run and not remembered, so that one cannot push out all others. */
const LONGEST_SHARE = 0.1;

/** Documents that clients have sent with their hash, within a bound; each tenant, or viewer without one, knows only its own. */
export class RememberedDocuments {
  readonly #documents: LRUCache<string, string>;

  constructor(maxBytes: number) {
    this.#documents = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: Math.max(1, Math.floor(maxBytes * LONGEST_SHARE)),
      sizeCalculation: (document, key) => 2 * (document.length + key.length),
    });
  }

  get(viewer: Viewer, hash: string): string | undefined {
    return this.#documents.get(keyOf(viewer, hash));
  }

  add(viewer: Viewer, hash: string, document: string): void {
    this.#documents.set(keyOf(viewer, hash), document);
  }
}

const keyOf = ({ id, tenant }: Viewer, hash: string): string =>
  tenant === null ? `${hash} viewer ${id}` : `${hash} tenant ${tenant}`;

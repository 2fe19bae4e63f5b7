import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '#config/config.ts';
import type { Viewer } from '../auth/viewer.ts';
import { explorerDocuments } from './explorer-files.ts';
import { readTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts';

/** Documents that a client may name by hash. */
export interface KnownDocuments {
  readonly isAutomatic: boolean;
  /** @returns undefined for a hash that is not known. */
  find(viewer: Viewer, hash: string): string | undefined;
  /** @returns false when the hash is not the document's SHA-256. */
  remember(viewer: Viewer, hash: string, document: string): boolean;
}

/** Those of the manifest, of the explorer and the gateway's `own`, and what clients register. @throws ConfigError for a manifest that cannot be used. */
export const createKnownDocuments = (
  { persisted, server }: GatewayConfig,
  own: TrustedDocuments,
  remembered: RememberedDocuments,
): KnownDocuments => {
  const listed: TrustedDocuments = persisted.manifest === null ? new Map() : readTrustedDocuments(persisted.manifest);
  const ofExplorer: TrustedDocuments =
    server.explorer && existsSync(explorerDocuments) ? readTrustedDocuments(explorerDocuments) : new Map();
  const trusted = new Map([...own, ...ofExplorer, ...listed]);
  return {
    isAutomatic: persisted.automatic,
    find: (viewer, hash) => trusted.get(hash) ?? remembered.get(viewer, hash),
    remember: (viewer, hash, document) => {
      if (createHash('sha256').update(document).digest('hex') !== hash.toLowerCase()) return false;
      remembered.add(viewer, hash, document);
      return true;
    },
  };
};

/** The hash in `extensions.persistedQuery`, which is how every client names a document. */
export const hashIn = (extensions: unknown): string | null => {
  const named = (extensions as { persistedQuery?: { version?: unknown; sha256Hash?: unknown } } | null | undefined)
    ?.persistedQuery;
  return named?.version === 1 && typeof named.sha256Hash === 'string' ? named.sha256Hash : null;
};

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

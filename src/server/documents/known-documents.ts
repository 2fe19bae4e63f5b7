import { createHash } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import type { Viewer } from '../auth/viewer.ts';
import { RememberedDocuments } from './remembered-documents.ts';
import { readTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts';

/** Documents that a client may name by hash. */
export interface KnownDocuments {
  readonly isAutomatic: boolean;
  /** @returns undefined for a hash that is not known. */
  find(viewer: Viewer, hash: string): string | undefined;
  /** @returns false when the hash is not the document's SHA-256. */
  remember(viewer: Viewer, hash: string, document: string): boolean;
}

/** @throws ConfigError for a manifest that cannot be used. */
export const createKnownDocuments = (persisted: GatewayConfig['persisted']): KnownDocuments => {
  const trusted: TrustedDocuments = persisted.manifest === null ? new Map() : readTrustedDocuments(persisted.manifest);
  const remembered = new RememberedDocuments(persisted.automaticBytes);
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

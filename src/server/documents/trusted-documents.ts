import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { z } from 'zod';
import { ConfigError } from '#config/config-error.ts';

/** Documents by the hash that clients name them by, whichever hash their build used. */
export type TrustedDocuments = ReadonlyMap<string, string>;

const manifestSchema = z.record(z.string().min(1), z.string().min(1));

/** @throws ConfigError when the file cannot be read, is no manifest, or holds a document that is not GraphQL. */
export const readTrustedDocuments = (path: string): TrustedDocuments => {
  const refuse = (message: string): never => {
    throw new ConfigError([{ path: 'persisted.manifest', message }]);
  };
  const manifest = manifestSchema.safeParse(readJson(path, refuse));
  if (!manifest.success) return refuse(`expected an object of documents by hash, got something else in ${path}`);
  for (const [hash, document] of Object.entries(manifest.data)) {
    if (!isDocument(document)) refuse(`expected a GraphQL document at ${JSON.stringify(hash)} in ${path}, got none`);
  }
  return new Map(Object.entries(manifest.data));
};

const readJson = (path: string, refuse: (message: string) => never): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'not JSON' : ((error as NodeJS.ErrnoException).code ?? 'unreadable');
    return refuse(`expected a readable JSON file, got ${path} (${why})`);
  }
};

const isDocument = (text: string): boolean => {
  try {
    return parse(text, { noLocation: true }).definitions.length > 0;
  } catch {
    return false;
  }
};

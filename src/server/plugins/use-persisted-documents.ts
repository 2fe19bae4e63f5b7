import { usePersistedOperations as persistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { hashIn, type KnownDocuments } from '../documents/known-documents.ts';
import type { ServerContext } from '../operation-context.ts';

const viewerOf = (context: unknown) => (context as ServerContext).viewer;

const error = (message: string, code: string, status: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

/** Puts the document in the place of the hash that names it. With `trustedOnly`, a document that is sent is refused. */
export const usePersistedDocuments = (documents: KnownDocuments, trustedOnly: boolean): Plugin => ({
  onPluginInit: ({ addPlugin }) => addPlugin(trustedOnly ? onlyNamed(documents) : named(documents)),
});

const onlyNamed = (documents: KnownDocuments): Plugin =>
  persistedOperations({
    getPersistedOperation: (hash, _, context) => documents.find(viewerOf(context), hash) ?? null,
    customErrors: TRUSTED_ONLY,
  });

const TRUSTED_ONLY = {
  notFound: () =>
    error('Expected the hash of a trusted document, got one that is not known.', 'PERSISTED_QUERY_NOT_IN_LIST', 400),
  keyNotFound: () =>
    error(
      'Expected extensions.persistedQuery with the hash of a trusted document.',
      'PERSISTED_QUERY_ID_REQUIRED',
      400,
    ),
  persistedQueryOnly: () =>
    error('Expected the hash of a trusted document in extensions.persistedQuery, got a document.', 'FORBIDDEN', 403),
};

/** Intentionally not the library's plugin: it cannot combine a list with documents that clients register by their hash. */
const named = (documents: KnownDocuments): Plugin => ({
  onParams: ({ params, context, setParams }) => {
    const hash = hashIn(params.extensions);
    if (hash === null) return;
    const viewer = viewerOf(context);
    if (params.query) {
      if (!documents.isAutomatic || documents.remember(viewer, hash, params.query)) return;
      const message = 'Expected sha256Hash to be the SHA-256 of the document, got another.';
      throw error(message, 'PERSISTED_QUERY_HASH_MISMATCH', 400);
    }
    const query = documents.find(viewer, hash);
    // Clients expect exactly this message with status 200; then they send the document.
    if (query === undefined) throw error('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND', 200);
    setParams({ ...params, query });
  },
});

import { persistedExchange } from '@urql/exchange-persisted';
import { Client, cacheExchange, fetchExchange, mapExchange } from 'urql';
import { keyHeaders } from './key.ts';

interface NamedDocument {
  readonly __meta__?: { readonly hash?: string };
}

/** Sends operations by hash, as GET, so that browser and gateway can answer again what has not changed. */
export const createClient = (onUnauthenticated: () => void): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: true,
    fetchOptions: () => ({ headers: { accept: 'application/graphql-response+json', ...keyHeaders() } }),
    exchanges: [
      mapExchange({
        onError: ({ graphQLErrors }) => {
          if (graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED')) onUnauthenticated();
        },
      }),
      cacheExchange,
      persistedExchange({
        enforcePersistedQueries: true,
        preferGetForPersistedQueries: true,
        generateHash: async (_, document) => (document as NamedDocument).__meta__?.hash ?? '',
      }),
      fetchExchange,
    ],
  });

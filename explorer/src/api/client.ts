import { persistedExchange } from '@urql/exchange-persisted';
import type { GraphQLError } from 'graphql';
import { Client, cacheExchange, fetchExchange, mapExchange } from 'urql';
import { keyHeaders } from './key.ts';

interface NamedDocument {
  readonly __meta__?: { readonly hash?: string };
}

/** @param cacheControl what the caller wants of caches on the way, the gateway's index included */
export const requestOptions = (cacheControl?: string): RequestInit => ({
  headers: {
    accept: 'application/graphql-response+json',
    ...keyHeaders(),
    ...(cacheControl && { 'cache-control': cacheControl }),
  },
});

/** Sends operations by hash, as GET, so that browser and gateway can answer again what has not changed. */
export const createClient = (onUnauthenticated: (refusal: GraphQLError) => void): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: true,
    fetchOptions: () => requestOptions(),
    exchanges: [
      mapExchange({
        onError: ({ graphQLErrors }) => {
          const refusal = graphQLErrors.find(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
          if (refusal) onUnauthenticated(refusal);
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

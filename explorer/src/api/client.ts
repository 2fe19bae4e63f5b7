import { persistedExchange } from '@urql/exchange-persisted';
import type { GraphQLError } from 'graphql';
import { Client, cacheExchange, fetchExchange, mapExchange } from 'urql';
import { keyHeaders } from './key.ts';
import { MOMENT } from './moment.ts';
import { momentExchange } from './moment-exchange.ts';

interface NamedDocument {
  readonly __meta__?: { readonly hash?: string };
}

/** As old as the index may be that is in use: the sources are not asked for lists each time somebody looks. */
export const INDEX_STALE_SECONDS = 900;

const requestOptions = (maxStaleSeconds: number): RequestInit => ({
  headers: {
    accept: 'application/graphql-response+json',
    ...keyHeaders(),
    ...(maxStaleSeconds > 0 && { 'cache-control': `max-stale=${maxStaleSeconds}` }),
  },
});

/** The context of an operation that an older answer of the index will do for, rather than another request to a source. */
export const allowStale = (maxStaleSeconds: number) => ({ fetchOptions: () => requestOptions(maxStaleSeconds) });

/** Sends operations by hash, as GET, so that browser and gateway can answer again what has not changed. */
export const createClient = (onUnauthenticated: (refusal: GraphQLError) => void): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: true,
    ...allowStale(0),
    exchanges: [
      mapExchange({
        onError: ({ graphQLErrors }) => {
          const refusal = graphQLErrors.find(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
          if (refusal) onUnauthenticated(refusal);
        },
      }),
      ...(MOMENT === null ? [] : [momentExchange(MOMENT)]),
      cacheExchange,
      persistedExchange({
        enforcePersistedQueries: true,
        preferGetForPersistedQueries: true,
        generateHash: async (_, document) => (document as NamedDocument).__meta__?.hash ?? '',
      }),
      fetchExchange,
    ],
  });

import { type DocumentNode, Kind } from 'graphql';
import { CombinedError, type Exchange, makeOperation, mapExchange } from 'urql';
import * as documents from '../gql/graphql.ts';

interface Reading {
  readonly source: string;
  readonly time: string;
  readonly isComplete: boolean;
}

interface Source {
  readonly name: string;
  readonly health: string;
  readonly index: object;
}

interface PastAnswer {
  readonly asOf?: (Readonly<Record<string, unknown>> & { readonly readings: readonly Reading[] }) | null;
  readonly sources?: readonly Source[];
}

/** The same question about a moment, which the build made of it; null where there is only one about now. */
export const pastOf = (query: DocumentNode): DocumentNode | null => {
  const [name] = query.definitions.flatMap((of) =>
    of.kind === Kind.OPERATION_DEFINITION ? (of.name?.value ?? []) : [],
  );
  return ((documents as Readonly<Record<string, unknown>>)[`${name}AtDocument`] as DocumentNode | undefined) ?? null;
};

/** Asks every question about a moment instead of about now. Views need not know: what comes back looks the same. */
export const momentExchange = (time: string): Exchange =>
  mapExchange({
    onOperation: (operation) => {
      const query = pastOf(operation.query);
      if (!query) return operation;
      const request = { key: operation.key, query, variables: { ...operation.variables, at: time } };
      return makeOperation(operation.kind, request, { ...operation.context, isPast: true });
    },
    onResult: (result) => {
      if (!result.operation.context.isPast) return result;
      const { data, error } = result;
      return { ...result, data: data && dataThen(data), ...(error && { error: errorThen(error) }) };
    },
  });

const dataThen = ({ asOf, sources, ...ofNow }: PastAnswer): object => {
  const { readings = [], ...then } = asOf ?? {};
  return { ...ofNow, ...then, ...(sources && { sources: sources.map((source) => sourceThen(source, readings)) }) };
};

/** How much of it the reading of then had: whether it answers today is another matter. */
const sourceThen = (source: Source, readings: readonly Reading[]): Source => {
  const reading = readings.find((one) => one.source === source.name);
  const isComplete = reading?.isComplete ?? false;
  return {
    ...source,
    // One that had not been read is not waited for.
    health: reading ? 'OK' : 'UNAVAILABLE',
    index: {
      ...source.index,
      complete: isComplete,
      records: reading ? 1 : 0,
      startedAt: reading?.time ?? null,
      completedAt: reading?.time ?? null,
    },
  };
};

/** At the paths that the question about now has. */
const errorThen = ({ graphQLErrors, networkError }: CombinedError): CombinedError =>
  networkError
    ? new CombinedError({ networkError })
    : new CombinedError({
        graphQLErrors: graphQLErrors.map(({ message, extensions, path }) => ({
          message,
          extensions,
          ...(path && { path: path[0] === 'asOf' ? path.slice(1) : path }),
        })),
      });

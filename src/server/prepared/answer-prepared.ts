import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { processRegularResult } from 'graphql-yoga';
import type { RequestContext } from '#loading/context.ts';
import type { WrittenResult } from '../answers/answer-text.ts';
import type { AskedRequest, ServerContext } from '../operation-context.ts';
import type { Executor } from '../plugins/executor-of.ts';
import type { PreparedQuery } from './prepared-queries.ts';

export interface PreparedDeps {
  readonly contextOf: (context: ServerContext & { readonly request: AskedRequest }) => RequestContext;
  readonly execute: Executor;
  readonly maskError: (error: unknown) => GraphQLError;
  readonly yoga: { readonly fetchAPI: Parameters<typeof processRegularResult>[1] };
}

/** What is written of an answer, whoever made it. */
export type Answer = Pick<Response, 'status' | 'body' | 'text'> & {
  readonly headers: { get(name: string): string | null | undefined } & Iterable<[string, string]>;
};

/** Answers queries without yoga's way through HTTP, by the same plugins around the same execution. */
export const preparedAnswerer =
  ({ contextOf, execute, maskError, yoga }: PreparedDeps) =>
  async (
    { schema, document, params, contentType }: PreparedQuery,
    request: AskedRequest,
    context: ServerContext,
  ): Promise<Answer> => {
    const { variables, operationName } = params;
    const asked = { ...context, request };
    const contextValue = { ...asked, params, ...contextOf(asked) };
    const args = { schema, document, contextValue, variableValues: variables, operationName };
    const result: WrittenResult = await execute(args).catch((error) => ({ errors: [maskError(error)] }));
    // Errors may carry statuses and headers, and say what is to be left out.
    if (result.errors) return processRegularResult(result, yoga.fetchAPI, contentType.split(';')[0] ?? '');
    return {
      status: 200,
      headers: new Map([['content-type', contentType]]),
      body: null,
      text: async () => textOf(result),
    };
  };

const textOf = (result: WrittenResult): string => result.stringify?.(result) ?? JSON.stringify(result);

/** Only what the plugins and the context read of a request. */
export const askedRequest = ({ method = 'GET', headers }: IncomingMessage, signal: AbortSignal): AskedRequest => ({
  method,
  headers: { get: (name) => headers[name]?.toString() ?? null },
  signal,
});

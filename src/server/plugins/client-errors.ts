import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { toError } from '#lib/gateway-error.ts';
import { addUpShortfalls } from '#loading/report-problem.ts';
import type { Logger } from '../observability/logger.ts';
import { mapError } from './map-error.ts';
import { useResultHook } from './use-result-hook.ts';

const IN_ADDRESS = 'Expected "variables" and "extensions" in the address to be JSON objects, got something else.';
const IN_BODY = 'Expected a JSON object with the member "query", got something else.';

/** Replaces the parser's message for a request that cannot be read: it reveals the parser and repeats what was sent. */
export const useBodyErrors = (): Plugin => ({
  onRequestParse: ({ request: { method }, requestParser, setRequestParser }) => {
    if (!requestParser) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (isTooLarge(error)) throw error;
        const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
        throw new GraphQLError(method === 'GET' ? IN_ADDRESS : IN_BODY, { extensions });
      }
    });
  },
});

/** A body may turn out to be too large while it is read. That error stays as it is. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions.code === 'REQUEST_ENTITY_TOO_LARGE';

/** Removes "Did you mean …" from errors about documents and variables, unless suggestions are on: it reveals names of the schema. */
export const useFieldSuggestions = (shown: boolean): Plugin => {
  const hide = (errors: readonly GraphQLError[] = []): void => {
    if (shown) return;
    for (const error of errors) error.message = error.message.replace(/ Did you mean .+\?$/s, '');
  };
  return {
    ...useResultHook(({ errors }) => hide(errors)),
    onValidate:
      () =>
      ({ valid, result }) => {
        if (!valid) hide(result as readonly GraphQLError[]);
      },
  };
};

/** Adds what went wrong beside the data to the answer's errors: each with its path, each once. */
export const useProblems = (): Plugin =>
  useResultHook((payload, { problems }) => {
    if (problems.length === 0) return;
    const seen = new Set<string>();
    const added = addUpShortfalls(problems.splice(0)).flatMap(({ error, path }) => {
      const cause = toError(error);
      const key = `${path.join('.')}\n${cause.message}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [new GraphQLError(cause.message, { path, originalError: cause })];
    });
    payload.errors = [...(payload.errors ?? []), ...added];
  });

/** Every error of every answer goes through {@link mapError}; `seen` is called with each code. */
export const useErrorMapping = (logger: Logger, seen: (code: string) => void): Plugin =>
  useResultHook((payload, { requestId }) => {
    const mapped = (errors: readonly GraphQLError[]) =>
      errors.map((error) => {
        const known = mapError(error, (err, errorId) =>
          logger.error({ err, errorId, requestId, path: error.path?.join('.') }, 'An operation failed unexpectedly'),
        );
        seen(String(known.extensions.code));
        return known;
      });
    if (payload.errors) payload.errors = mapped(payload.errors);
    for (const part of payload.incremental ?? []) if (part.errors) part.errors = mapped(part.errors);
  });

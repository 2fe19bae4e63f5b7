import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from '../observability/logger.ts';
import { mapError } from './map-error.ts';
import { useResultHook } from './use-result-hook.ts';

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

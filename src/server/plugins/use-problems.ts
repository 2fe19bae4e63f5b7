import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { toError } from '#lib/gateway-error.ts';
import { addUpShortfalls } from '#loading/report-shortfall.ts';
import { useResultHook } from './use-result-hook.ts';

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

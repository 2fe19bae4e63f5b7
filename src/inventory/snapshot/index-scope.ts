import type { Scope } from '#sources/transport/scope.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { BuildInput } from './build-snapshot.ts';

/** Longest wait for leftover budget of one call of the index. */
const MAX_WAIT_MS = 10 * 60_000;

let builds = 0;

/** Scopes of one build, which only leftover budget serves. Within a build, answers may be shared; never with an earlier one. */
export const indexScopes = (
  source: string,
  { signal, clock }: Pick<BuildInput<never>, 'signal' | 'clock'>,
  bypassCache: boolean,
): (() => Scope) => {
  builds += 1;
  const operation = `index:${source}:${builds}`;
  return () => ({
    operation,
    priority: 'index',
    deadlineAt: clock.now() + MAX_WAIT_MS,
    signal,
    bypassCache,
    ledger: new Ledger(),
  });
};

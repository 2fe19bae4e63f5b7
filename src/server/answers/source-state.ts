import type { SourceSet } from '#sources/source-set.ts';

/**
 * What a set of sources knows at one moment. As long as it stays, and what was read of it is fresh, a question asked again is answered
 * as before: nothing else decides.
 */
export type SourceState = readonly unknown[];

/** @returns null when some source cannot tell whether it has changed. */
export const stateOf = ({ all }: SourceSet): SourceState | null => {
  const state: unknown[] = [];
  for (const { client, index } of all) {
    const revision = client.revision();
    if (revision === null) return null;
    // Asking the index also keeps it alive, as an execution would.
    state.push(client, revision, index?.snapshot() ?? null);
  }
  return state;
};

export const isSameState = (one: SourceState, other: SourceState | null): boolean =>
  other !== null && one.length === other.length && one.every((part, i) => part === other[i]);

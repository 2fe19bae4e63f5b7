import { numberOf } from '#lib/number-of.ts';
import type { SourceSet } from '#sources/source-set.ts';

/**
 * What a set of sources knows at one moment, in numbers. As long as it stays, and what was read of it is fresh, a question asked again
 * is answered as before: nothing else decides.
 */
export type SourceState = readonly number[];

/** @returns null when some source cannot say whether it has changed. */
export const stateOf = ({ all, inventory, history }: SourceSet): SourceState | null => {
  const state: number[] = [numberOf(inventory.formerDerivation() ?? NONE), history?.revision() ?? 0];
  for (const { client, index } of all) {
    const revision = client.revision();
    if (revision === null) return null;
    // Asking the index also keeps it alive, as an execution would.
    state.push(numberOf(client), revision, numberOf(index?.snapshot() ?? NONE));
  }
  return state;
};

export const isSameState = (one: SourceState, other: SourceState | null): boolean =>
  other !== null && one.length === other.length && one.every((part, i) => part === other[i]);

const NONE = {};

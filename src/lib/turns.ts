import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest turn of long work: others must not wait for more. */
const TURN_MS = 4;

/** Lets long work be done in short turns, between which the process answers: to be awaited before each step, which must be short. */
export const inShortTurns = (): (() => Promise<void> | undefined) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
};

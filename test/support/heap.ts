import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
// As the program does: otherwise what is measured may be made old from the start.
setFlagsFromString('--no-allocation-site-pretenuring');
export const collectGarbage = runInNewContext('gc') as (options?: { type: 'minor'; execution: 'sync' }) => void;

/** What this process holds on to. */
export const heapMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / MEGABYTE;
};

/**
 * What collections of the young generation leave behind of what `turnOver` makes and lets go of, in 40 rounds; in megabytes. What was there
 * when a full collection ran is old, and what old garbage refers to is not seen to be garbage. The least of three attempts: what else
 * happens in the process does not come each time.
 */
export const leftByYoungCollections = (turnOver: () => void): number =>
  Math.min(...[1, 2, 3].map(() => left(turnOver)));

const left = (turnOver: () => void): number => {
  turnOver();
  const before = heapMegabytes();
  for (let round = 0; round < 40; round += 1) {
    turnOver();
    collectGarbage({ type: 'minor', execution: 'sync' });
  }
  return process.memoryUsage().heapUsed / MEGABYTE - before;
};

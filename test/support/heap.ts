import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What this process holds on to. */
export const heapMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / MEGABYTE;
};

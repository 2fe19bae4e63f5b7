import { scanopySet } from '#loading/scanopy-set.ts';

/** The scanners of every Scanopy server. */
export const daemons = scanopySet('daemonById', ({ client }) => client.daemons);

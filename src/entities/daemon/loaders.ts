import { networkSet } from '#loading/network-set.ts';

/** The scanners of every Scanopy server. */
export const daemons = networkSet('daemonById', ({ client }) => client.daemons);

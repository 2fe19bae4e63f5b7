import { recordSet } from '#loading/record-set.ts';

/** The scanners of every Scanopy server. */
export const daemons = recordSet('NETWORK', 'daemonById', ({ client }) => client.daemons);

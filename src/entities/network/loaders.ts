import { recordSet } from '#loading/record-set.ts';

/** The networks that a key can see. */
export const networks = recordSet('NETWORK', 'networkById', ({ client }) => client.networks);

import { networkSet } from '#loading/network-set.ts';

/** The networks that a key can see. */
export const networks = networkSet('networkById', ({ client }) => client.networks);

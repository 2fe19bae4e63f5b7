import { scanopySet } from '#loading/scanopy-set.ts';

/** The networks that a key can see. */
export const networks = scanopySet('networkById', ({ client }) => client.networks);

import { networkSet } from '#loading/network-set.ts';

/** Tags of every Scanopy organization; references to them may dangle. */
export const networkTags = networkSet('networkTagById', ({ client }) => client.tags);

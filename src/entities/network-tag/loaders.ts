import { scanopySet } from '#loading/scanopy-set.ts';

/** Tags of every Scanopy organization; references to them may dangle. */
export const networkTags = scanopySet('networkTagById', ({ client }) => client.tags);

import { recordSet } from '#loading/record-set.ts';

/** Tags of every Scanopy organization; references to them may dangle. */
export const networkTags = recordSet('NETWORK', 'networkTagById', ({ client }) => client.tags);

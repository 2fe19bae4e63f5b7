import { recordSet } from '#loading/record-set.ts';

/** VLANs of every Scanopy server; none on servers that do not know them. */
export const vlans = recordSet('NETWORK', 'vlanById', ({ client }) => client.vlans);

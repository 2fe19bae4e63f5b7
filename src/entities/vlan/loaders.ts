import { scanopySet } from '#loading/scanopy-set.ts';

/** VLANs of every Scanopy server; none on servers that do not know them. */
export const vlans = scanopySet('vlanById', ({ client }) => client.vlans);

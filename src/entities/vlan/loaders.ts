import { networkSet } from '#loading/network-set.ts';

/** VLANs of every Scanopy server; none on servers that do not know them. */
export const vlans = networkSet('vlanById', ({ client }) => client.vlans);

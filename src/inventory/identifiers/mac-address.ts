const SEPARATED = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i;
const CISCO = /^[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}$/i;
const BARE = /^[0-9a-f]{12}$/i;

/** Twelve lower-case hex digits, or null. */
export const normalizeMac = (text: string): string | null =>
  SEPARATED.test(text) || CISCO.test(text) || BARE.test(text) ? text.replace(/[:.-]/g, '').toLowerCase() : null;

/** Assigned by software instead of a maker: every known EC2 interface, but also containers and private Wi-Fi. */
export const isLocallyAdministered = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 0b10) !== 0;

/** Shared by a virtual router's members (VRRP), a group, or nobody. */
export const isSharedMac = (mac: string): boolean =>
  mac === '000000000000' || mac.startsWith('00005e0001') || (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;

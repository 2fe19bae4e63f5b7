import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One spelling of an address (RFC 5952 for IPv6, lower case); null when the text is not exactly one address. */
export const canonicalAddress = (text: string): string | null => {
  const trimmed = text.trim();
  return isIP(trimmed) === 0 ? null : ipaddr.parse(trimmed).toString();
};

/** Whether two texts name the same address; texts that are no addresses are compared as they are. */
export const sameAddress = (left: string, right: string): boolean =>
  left === right || (left.includes(':') && (canonicalAddress(left) ?? left) === (canonicalAddress(right) ?? right));

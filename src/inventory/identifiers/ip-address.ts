import ipaddr from 'ipaddr.js';

const DOTTED = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

/** What an IPv6 address can look like; ARNs, dates and MACs come by too often to be parsed in full. */
const HEX_AND_COLONS = /^[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f:.]*$/i;

/** Dotted decimal, or RFC 5952 text for IPv6 (an IPv4-mapped one becomes the IPv4 it maps; a zone is dropped). Else null. */
export function normalizeIp(text: string): string | null {
  if (DOTTED.test(text)) return text.split('.').every((octet) => Number(octet) <= 255) ? text : null;
  const [bare = ''] = text.split('%', 1);
  if (!HEX_AND_COLONS.test(bare) || !ipaddr.IPv6.isValid(bare)) return null;
  const address = ipaddr.IPv6.parse(bare);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

/** The four numbers of an `ip-a-b-c-d` name as an address; null when one exceeds 255. */
export const ipOfOctets = (octets: readonly (string | undefined)[]): string | null =>
  normalizeIp(octets.map((octet) => String(Number(octet))).join('.'));

const NOBODY = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal', 'loopback']);

/** Loopback, link-local, unspecified, multicast and broadcast addresses identify nobody. Expects {@link normalizeIp}'s form. */
export const identifiesNobody = (ip: string): boolean => NOBODY.has(ipaddr.parse(ip).range());

const SITE_LOCAL = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/** The same private address exists at many sites at once. Expects {@link normalizeIp}'s form. */
export const isPrivateIp = (ip: string): boolean => SITE_LOCAL.has(ipaddr.parse(ip).range());

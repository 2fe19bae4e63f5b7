import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Longest spelling of an address without its zone; longer texts (ARNs, names, dates) are very common here and need not be parsed. */
const LONGEST_ADDRESS = 45;

/**
 * The one form of an address: dotted decimal, or RFC 5952 text for IPv6; an IPv4-mapped one is the IPv4 that it maps. Spaces around
 * it, and the brackets and zone of an IPv6 address, mean nothing. Null when the text is not exactly one address: an octet with
 * leading zeros is octal to some readers and decimal to others, so it is none.
 */
export const canonicalAddress = (text: string): string | null => {
  const bare = withoutZone(text.trim());
  const version = bare.length > LONGEST_ADDRESS ? 0 : isIP(bare);
  if (version === 0) return null;
  if (version === 4) return bare;
  const address = ipaddr.IPv6.parse(bare);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
};

/** An IPv6 address without brackets and zone; any other text as it is. */
const withoutZone = (text: string): string => {
  if (!text.includes(':')) return text;
  const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return inside.split('%', 1)[0] ?? '';
};

/** Whether two texts name the same address; texts that are no addresses are compared as they are. */
export const sameAddress = (left: string, right: string): boolean =>
  left === right || (canonicalAddress(left) ?? left) === (canonicalAddress(right) ?? right);

/** The four numbers of an `ip-a-b-c-d` name as an address; null when one exceeds 255. */
export const addressOfOctets = (octets: readonly (string | undefined)[]): string | null =>
  canonicalAddress(octets.map((octet) => String(Number(octet))).join('.'));

const NOBODY = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal', 'loopback']);

/** Loopback, link-local, unspecified, multicast and broadcast addresses identify nobody. Expects {@link canonicalAddress}'s form. */
export const identifiesNobody = (address: string): boolean => NOBODY.has(ipaddr.parse(address).range());

const SPELLINGS = [
  /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/,
  /^[0-9a-f]{2}([.-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/,
  /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/,
  /^[0-9a-f]{6}-?[0-9a-f]{6}$/,
];

/**
 * The one form of a 48-bit MAC, `aa:bb:cc:dd:ee:ff`, of any usual spelling: `AA-BB-…`, `aabb.ccdd.eeff`, `aabbcc-ddeeff`, bare
 * digits, `a:b:…` without leading zeros. Null when the text is none.
 */
export const canonicalMac = (text: string): string | null => {
  const trimmed = text.trim().toLowerCase();
  if (!SPELLINGS.some((spelling) => spelling.test(trimmed))) return null;
  const digits = trimmed
    .split(/[:.-]/)
    .map((part) => part.padStart(2, '0'))
    .join('');
  return digits.replace(/..(?=.)/g, '$&:');
};

const firstByte = (mac: string): number => Number.parseInt(mac.slice(0, 2), 16);

/** Assigned by software instead of a maker: every known EC2 interface, but also containers and private Wi-Fi. Expects {@link canonicalMac}'s form. */
export const isLocallyAdministered = (mac: string): boolean => (firstByte(mac) & 0b10) !== 0;

/** Shared by a virtual router's members (VRRP), a group, or nobody. Expects {@link canonicalMac}'s form. */
export const isSharedMac = (mac: string): boolean =>
  mac === '00:00:00:00:00:00' || mac.startsWith('00:00:5e:00:01:') || (firstByte(mac) & 1) === 1;

/** Networks that translate to IPv4 addresses of any kind, besides those that the library knows (RFC 8215). */
const LOCAL_TRANSLATION = ipaddr.parseCIDR('64:ff9b:1::/48') as [ipaddr.IPv6, number];
/** All that is assigned for global use (IANA). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an address is reached over the internet. Not: private, loopback, link-local (with the metadata services of clouds), shared,
 * documentation, multicast, and every form of IPv6 that stands for an IPv4 address, but for a mapped public one.
 */
export const isPublicAddress = (text: string): boolean => {
  const address = canonicalAddress(text);
  if (address === null) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || isGlobal(parsed as ipaddr.IPv6);
};

const isGlobal = (address: ipaddr.IPv6): boolean => address.match(GLOBAL_UNICAST) && !address.match(LOCAL_TRANSLATION);

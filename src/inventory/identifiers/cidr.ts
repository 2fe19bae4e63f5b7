import ipaddr from 'ipaddr.js';
import { canonicalAddress } from '#lib/addresses.ts';

/** A range with its host bits cleared, `10.0.0.0/16`; null for anything else. */
export function normalizeCidr(text: string): string | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const ip = canonicalAddress(text.slice(0, slash));
  const bits = Number(text.slice(slash + 1) || 'x');
  if (ip === null || !Number.isInteger(bits) || bits < 0 || bits > (ip.includes(':') ? 128 : 32)) return null;
  return maskedCidr(ip, bits);
}

function maskedCidr(ip: string, bits: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  const masked = bytes.map((byte, index) => byte & maskOfByte(bits - index * 8));
  const network = ipaddr.fromByteArray(masked).toString();
  return `${canonicalAddress(network) ?? network}/${bits}`;
}

const maskOfByte = (bits: number): number => (bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff);

/** Whether the address is the first host of the range, which is the address of the router in every AWS subnet. */
export function isFirstHost(ip: string, cidr: string): boolean {
  const [network, bits] = (normalizeCidr(cidr) ?? '').split('/');
  if (!network || Number(bits) >= 31 || bits === '0' || network.includes(':') || ip.includes(':')) return false;
  const bytes = ipaddr.parse(network).toByteArray();
  return ip === [...bytes.slice(0, 3), (bytes[3] ?? 0) + 1].join('.');
}

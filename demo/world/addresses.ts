import type { WorldSubnet } from './network-world.ts';

const documentationRanges = ['203.0.113', '198.51.100', '192.0.2'] as const;

const ADDRESSES_OF_A_COMPANY = 125;
const COMPANIES = 6;

/**
 * Every call gives another public IPv4 address: first those set aside for documentation (RFC 5737), and when they are
 * used up those set aside for benchmarks (198.18.0.0/15, RFC 2544). Small companies of
 * six neighbouring seeds share none.
 */
export function createPublicAddresses(seed: number): () => string {
  let next = (Math.abs(seed - 1) % COMPANIES) * ADDRESSES_OF_A_COMPANY;
  return () => {
    const number = next;
    next += 1;
    const range = documentationRanges[Math.floor(number / 250)];
    if (range !== undefined) return `${range}.${1 + (number % 250)}`;
    const beyond = number - 250 * documentationRanges.length;
    return `198.${18 + Math.floor(beyond / 65_536)}.${Math.floor(beyond / 256) % 256}.${beyond % 256}`;
  };
}

/** Hands out the addresses of a subnet one after the other. */
export interface AddressPool {
  readonly subnet: WorldSubnet;
  /** @throws RangeError when the subnet is full. */
  next(): { readonly subnet: WorldSubnet; readonly address: string };
}

/** @param first the number of the first address handed out, counted from the start of the subnet. */
export function createAddressPool(subnet: WorldSubnet, first = 10): AddressPool {
  const [base = '', prefix = '24'] = subnet.cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  const start = base.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  let next = first;
  return {
    subnet,
    next() {
      if (next >= size - 1) throw new RangeError(`No address is left in ${subnet.cidr}`);
      const value = start + next;
      next += 1;
      return { subnet, address: [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.') };
    },
  };
}

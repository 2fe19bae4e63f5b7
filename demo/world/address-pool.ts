import type { WorldSubnet } from './network-world.ts';

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

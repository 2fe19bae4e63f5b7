import type { PriceInput } from '#graphql/pricing/price.ts';
import { canonicalAddress, canonicalMac } from '#lib/addresses.ts';
import { InputError } from '#lib/gateway-error.ts';
import type { TimeRange } from '#lib/ranges.ts';
import type { HostQuery } from '#sources/network-queries.ts';

type Given<T> = T | null | undefined;

export interface HostFilterModel {
  readonly source?: Given<string>;
  readonly network?: Given<string>;
  readonly tag?: Given<string>;
  readonly subnet?: Given<string>;
  readonly hidden?: Given<boolean>;
  readonly search?: Given<string>;
  readonly address?: Given<string>;
  readonly macAddress?: Given<string>;
  readonly openPort?: Given<readonly string[]>;
  readonly serviceDefinition?: Given<readonly string[]>;
  readonly manufacturer?: Given<readonly string[]>;
  readonly osFamily?: Given<readonly string[]>;
  readonly lastSeen?: Given<TimeRange>;
  readonly linked?: Given<boolean>;
}

/** What rows alone show. @throws InputError for a text that is no address, MAC or port */
export const rowConditions = (filter: Given<HostFilterModel>): HostQuery => ({
  ...textsOf(filter),
  ...(typeof filter?.address === 'string' && { address: checkedAddress(filter.address) }),
  ...(typeof filter?.macAddress === 'string' && { macAddress: checkedMac(filter.macAddress) }),
  ...(filter?.openPort && { openPort: filter.openPort.map(checkedPort) }),
});

const textsOf = (filter: Given<HostFilterModel>): HostQuery => ({
  ...(typeof filter?.hidden === 'boolean' && { hidden: filter.hidden }),
  ...(filter?.search && { search: filter.search }),
  ...(filter?.serviceDefinition && { serviceDefinition: filter.serviceDefinition }),
  ...(filter?.manufacturer && { manufacturer: filter.manufacturer }),
  ...(filter?.osFamily && { osFamily: filter.osFamily }),
  ...(filter?.lastSeen && { lastSeen: filter.lastSeen }),
});

const quoted = (text: string): string => JSON.stringify(text.slice(0, 80));

const checkedAddress = (text: string): string => {
  const address = canonicalAddress(text);
  if (address) return address;
  throw new InputError(`Expected "address" to be one IPv4 or IPv6 address, got ${quoted(text)}.`);
};

const checkedMac = (text: string): string => {
  const mac = canonicalMac(text);
  if (mac) return mac;
  throw new InputError(`Expected "macAddress" to be a MAC address such as "de:ad:be:ef:00:01", got ${quoted(text)}.`);
};

const checkedPort = (text: string): string => {
  if (/^\d{1,5}(\/[a-z]+)?$/i.test(text)) return text.toLowerCase();
  throw new InputError(`Expected "openPort" to hold ports such as "443/tcp" or "443", got ${quoted(text)}.`);
};

interface Listing {
  readonly filter?: Given<HostFilterModel>;
  readonly orderBy?: Given<HostQuery['orderBy']>;
}

/** See `FanOut`. Whether an address is one is checked later. */
export const hostFanOut = ({ filter, orderBy }: Listing, { paging }: PriceInput): number | null =>
  paging.NETWORK.apart('hosts', {
    ...textsOf(filter),
    ...(filter?.subnet && { subnetId: filter.subnet }),
    ...(typeof filter?.address === 'string' && { address: filter.address }),
    ...(typeof filter?.macAddress === 'string' && { macAddress: filter.macAddress }),
    ...(filter?.openPort && { openPort: filter.openPort }),
    ...(typeof filter?.linked === 'boolean' && { where: () => true }),
    ...(orderBy && { orderBy }),
  });

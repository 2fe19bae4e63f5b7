import type { HostModel } from '#entities/host/model.ts';
import type { Compare } from '#lib/compare.ts';
import { containsText } from '#lib/contains-text.ts';
import { sameAddress } from '#lib/ip-address.ts';
import type { QueryRules } from './query-rules.ts';

/** Combined with AND. */
export interface HostQuery {
  readonly networkId?: string;
  readonly tagId?: string;
  /** With an address in this subnet. */
  readonly subnetId?: string;
  readonly hidden?: boolean;
  /** Part of a name, host name, system name, description, address or service name; case is ignored. */
  readonly search?: string;
  /** One whole IPv4 or IPv6 address of the host. */
  readonly address?: string;
  /** A MAC of the host, as `canonicalMac` spells it. */
  readonly macAddress?: string;
  readonly orderBy?: {
    readonly field: 'NAME' | 'HOSTNAME' | 'CREATED_AT' | 'UPDATED_AT';
    readonly direction: 'ASC' | 'DESC';
  };
}

const matches = ({ networkId, tagId, subnetId, hidden, search, address, macAddress }: HostQuery) => {
  const mentioned = mentions(search ?? '');
  return (host: HostModel): boolean =>
    (!networkId || host.networkId === networkId) &&
    (!tagId || host.tagIds.includes(tagId)) &&
    (!subnetId || host.addresses.some((found) => found.subnetId === subnetId)) &&
    (hidden === undefined || host.hidden === hidden) &&
    (!search || mentioned(host)) &&
    (!address || hasAddress(host, address)) &&
    (!macAddress || hasMac(host, macAddress));
};

/** In the texts that late servers search in, as far as they are read. */
const mentions = (text: string) => {
  const contains = containsText(text);
  return ({ name, hostname, sysName, description, addresses, services }: HostModel): boolean =>
    [name, hostname, sysName, description].some(contains) ||
    addresses.some(({ address }) => contains(address)) ||
    services.some((service) => contains(service.name));
};

const hasAddress = (host: HostModel, wanted: string): boolean =>
  host.addresses.some(({ address }) => sameAddress(address, wanted));

const hasMac = (host: HostModel, wanted: string): boolean =>
  [...host.addresses, ...host.interfaces].some(({ macAddress }) => macAddress === wanted);

const collator = new Intl.Collator('en');

/** By text, unknown last when ascending; equal texts in the order of their ids, whatever the direction. */
const compare = (query: HostQuery): Compare<HostModel> | null => {
  if (!query.orderBy || !isTextOrder(query)) return null;
  const key = query.orderBy.field === 'NAME' ? (host: HostModel) => host.name : (host: HostModel) => host.hostname;
  const sign = query.orderBy.direction === 'DESC' ? -1 : 1;
  return (left, right) => sign * compareTexts(key(left), key(right)) || (left.id < right.id ? -1 : 1);
};

const compareTexts = (left: string | null, right: string | null): number =>
  left === null || right === null ? Number(left === null) - Number(right === null) : collator.compare(left, right);

/** Every source has another idea of the order of texts, so it is applied here. */
export const isTextOrder = ({ orderBy }: HostQuery): boolean =>
  orderBy?.field === 'NAME' || orderBy?.field === 'HOSTNAME';

export const hostRules: QueryRules<HostQuery, HostModel> = { matches, compare };

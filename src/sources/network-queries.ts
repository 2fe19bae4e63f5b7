import { type HostModel, portName } from '#entities/host/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { sameAddress } from '#lib/addresses.ts';
import { byValue, type Compare, inTurn } from '#lib/compare.ts';
import { isInTime, type TimeRange } from '#lib/ranges.ts';
import { containsText } from '#lib/text.ts';
import { isOneOf, type QueryRules } from './list-support.ts';

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
  /** Any of these open, as `portName` spells them, or by number alone. */
  readonly openPort?: readonly string[];
  /** With a service of any of these definitions. */
  readonly serviceDefinition?: readonly string[];
  readonly manufacturer?: readonly string[];
  readonly osFamily?: readonly string[];
  readonly lastSeen?: TimeRange;
  /** What no source can be asked for. */
  readonly where?: (host: HostModel) => boolean;
  readonly orderBy?: {
    readonly field: 'NAME' | 'HOSTNAME' | 'CREATED_AT' | 'UPDATED_AT' | 'LAST_SEEN';
    readonly direction: 'ASC' | 'DESC';
  };
}

const hostMatches = (query: HostQuery) => {
  const { networkId, tagId, subnetId, hidden, search, address, macAddress } = query;
  const mentioned = mentions(search ?? '');
  const isSuch = hasFacts(query);
  return (host: HostModel): boolean =>
    (!networkId || host.networkId === networkId) &&
    (!tagId || host.tagIds.includes(tagId)) &&
    (!subnetId || host.addresses.some((found) => found.subnetId === subnetId)) &&
    (hidden === undefined || host.hidden === hidden) &&
    (!search || mentioned(host)) &&
    (!address || hasAddress(host, address)) &&
    (!macAddress || hasMac(host, macAddress)) &&
    isSuch(host);
};

/** What servers cannot be asked for, or not in the same words by every version. */
const hasFacts = ({ openPort, serviceDefinition, manufacturer, osFamily, lastSeen, where }: HostQuery) => {
  const isSeen = isInTime(lastSeen);
  return (host: HostModel): boolean =>
    (!openPort ||
      host.ports.some((port) => openPort.includes(portName(port)) || openPort.includes(`${port.number}`))) &&
    (!serviceDefinition || host.services.some(({ definition }) => serviceDefinition.includes(definition))) &&
    isOneOf(manufacturer, host.manufacturer) &&
    isOneOf(osFamily, host.osFamily) &&
    isSeen(host.lastSeenAt) &&
    (!where || where(host));
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

const bySight = (direction: 'ASC' | 'DESC'): Compare<HostModel> =>
  inTurn(
    byValue(({ lastSeenAt }) => (lastSeenAt === null ? null : Date.parse(lastSeenAt)), direction),
    byValue(({ id }) => id, 'ASC'),
  );

/** By text, unknown last when ascending, or by sight, unknown last; equal ones in the order of their ids, whatever the direction. */
const hostCompare = (query: HostQuery): Compare<HostModel> | null => {
  if (!query.orderBy || !isOrderedHere(query)) return null;
  if (query.orderBy.field === 'LAST_SEEN') return bySight(query.orderBy.direction);
  const key = query.orderBy.field === 'NAME' ? (host: HostModel) => host.name : (host: HostModel) => host.hostname;
  const sign = query.orderBy.direction === 'DESC' ? -1 : 1;
  return (left, right) => sign * compareTexts(key(left), key(right)) || (left.id < right.id ? -1 : 1);
};

const compareTexts = (left: string | null, right: string | null): number =>
  left === null || right === null ? Number(left === null) - Number(right === null) : collator.compare(left, right);

/** Every source has another idea of the order of texts, and only late ones know when hosts were seen, so these are applied here. */
export const isOrderedHere = ({ orderBy }: HostQuery): boolean =>
  orderBy?.field === 'NAME' || orderBy?.field === 'HOSTNAME' || orderBy?.field === 'LAST_SEEN';

export const hostRules: QueryRules<HostQuery, HostModel> = { matches: hostMatches, compare: hostCompare };

/** Combined with AND. */
export interface ServiceQuery {
  readonly networkId?: string;
  readonly hostId?: string;
  readonly tagId?: string;
  /** Any of these, exactly. */
  readonly definitions?: readonly string[];
  /** Part of the name or the definition; case is ignored. */
  readonly search?: string;
}

const serviceMatches = ({ networkId, hostId, tagId, definitions, search }: ServiceQuery) => {
  const contains = containsText(search ?? '');
  return (service: ServiceModel): boolean =>
    (!networkId || service.networkId === networkId) &&
    (!hostId || service.hostId === hostId) &&
    (!tagId || service.tagIds.includes(tagId)) &&
    (!definitions || definitions.includes(service.definition)) &&
    (!search || contains(service.name) || contains(service.definition));
};

export const serviceRules: QueryRules<ServiceQuery, ServiceModel> = { matches: serviceMatches, compare: () => null };

import { isIPv4 } from 'node:net';
import type { HostModel } from '#entities/host/model.ts';
import { containsText } from '#lib/contains-text.ts';
import { sameAddress } from '#lib/ip-address.ts';
import type { HostQuery } from '../network-client.ts';
import type { Dialect } from './dialect.ts';
import type { Filtering, Pushdown } from './filtered-list.ts';

const ORDER_FIELDS = { CREATED_AT: 'created_at', UPDATED_AT: 'updated_at' } as const;

/**
 * Intentionally not pushed down: order by name or host name. Late versions sort `name` by another text than they store, and
 * every database sorts text by a collation of its own.
 */
const pushdown = (query: HostQuery, { adapter, lateParameters }: Dialect): Pushdown => {
  const parameters: [string, string][] = [];
  if (query.networkId) parameters.push([adapter.networkFilter, query.networkId]);
  if (query.tagId) parameters.push(['tag_ids', query.tagId]);
  if (lateParameters && query.hidden !== undefined) parameters.push(['hidden', String(query.hidden)]);
  const text = query.search ?? (query.address && isIPv4(query.address) ? query.address : undefined);
  if (lateParameters && text) parameters.push(['search', text]);
  const field = orderField(query);
  if (field)
    parameters.push(['order_by', field], ['order_direction', query.orderBy?.direction === 'DESC' ? 'desc' : 'asc']);
  const filtersByItself = lateParameters || !dependsOnVersion(query);
  return { parameters, complete: filtersByItself && !isLocal(query) && !isTextOrder(query) };
};

/** No version can be asked for these. */
const isLocal = ({ subnetId, address, macAddress }: HostQuery): boolean => Boolean(subnetId || address || macAddress);

const dependsOnVersion = (query: HostQuery): boolean => query.hidden !== undefined || Boolean(query.search);

const orderField = ({ orderBy }: HostQuery): string | null =>
  orderBy?.field === 'CREATED_AT' || orderBy?.field === 'UPDATED_AT' ? ORDER_FIELDS[orderBy.field] : null;

const isTextOrder = ({ orderBy }: HostQuery): boolean => orderBy?.field === 'NAME' || orderBy?.field === 'HOSTNAME';

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
const order = (query: HostQuery): ((left: HostModel, right: HostModel) => number) | null => {
  if (!query.orderBy || !isTextOrder(query)) return null;
  const key = query.orderBy.field === 'NAME' ? (host: HostModel) => host.name : (host: HostModel) => host.hostname;
  const sign = query.orderBy.direction === 'DESC' ? -1 : 1;
  return (left, right) => sign * compareTexts(key(left), key(right)) || (left.id < right.id ? -1 : 1);
};

const compareTexts = (left: string | null, right: string | null): number =>
  left === null || right === null ? Number(left === null) - Number(right === null) : collator.compare(left, right);

const tieOf = ({ orderBy }: HostQuery) =>
  orderBy?.field === 'UPDATED_AT' ? (host: HostModel) => host.updatedAt : null;

export const hostFiltering: Filtering<HostModel, HostQuery> = { pushdown, dependsOnVersion, matches, order, tieOf };

import { isIPv4 } from 'node:net';
import type { HostModel } from '#entities/host/model.ts';
import { sameAddress } from '#lib/ip-address.ts';
import type { HostQuery } from './client.ts';
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

const matches = (host: HostModel, query: HostQuery): boolean =>
  (!query.networkId || host.networkId === query.networkId) &&
  (!query.tagId || host.tagIds.includes(query.tagId)) &&
  (!query.subnetId || host.addresses.some(({ subnetId }) => subnetId === query.subnetId)) &&
  (query.hidden === undefined || host.hidden === query.hidden) &&
  (!query.search || contains(host, query.search.toLowerCase())) &&
  (!query.address || hasAddress(host, query.address)) &&
  (!query.macAddress || hasMac(host, query.macAddress));

/** The texts that late servers search in, as far as they are read. */
const contains = (host: HostModel, text: string): boolean =>
  [
    host.name,
    host.hostname,
    host.sysName,
    host.description,
    ...host.addresses.map(({ address }) => address),
    ...host.services.map(({ name }) => name),
  ].some((candidate) => candidate?.toLowerCase().includes(text));

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

export const hostFiltering: Filtering<HostModel, HostQuery> = { pushdown, dependsOnVersion, matches, order };

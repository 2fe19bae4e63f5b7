import { Asset } from '#entities/dependency/ref.ts';
import { networkField } from '#entities/network/ref.ts';
import { tagsField } from '#entities/network-tag/ref.ts';
import { Service } from '#entities/service/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, pagedField, recordDates, textOrNull } from '#graphql/fields.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { byId, inBatches, listPage, together, wholeList } from '#graphql/pricing/prices.ts';
import { hostDependencies, hostDependents } from '../loaders/edges.ts';
import { hostFanOut } from '../loaders/filter.ts';
import { hostByHostname, hostById, hostList } from '../loaders/lists.ts';
import './embedded.ts';
import { type HostModel, hostDisplayName } from '../model.ts';
import {
  Host,
  HostAddress,
  HostConnection,
  HostFilter,
  HostOrder,
  NetworkInterface,
  type OfHost,
  Port,
  Virtualization,
} from '../ref.ts';

const owned = <T>(host: HostModel, rows: readonly T[]): OfHost<T>[] => rows.map((row) => ({ host, row }));

/** Networks of a server that are reckoned with: how many there are is not known beforehand. */
const NETWORKS = 10;

/** On versions that list neighbours by network, one call for each network that the hosts are in. */
const neighbors: PriceOf = ({ parents, sources }) => ({
  side: 'NETWORK',
  requests: Math.min(parents, NETWORKS * sources.NETWORK),
  shared: 'neighbours',
});

const EDGES = together(wholeList('NETWORK', 'hosts'), neighbors);

export const host = defineEntity(Host, {
  description:
    'One machine seen on a network. Its addresses, interfaces, ports and services come with it, at no further cost.',
  side: 'NETWORK',
  node: { load: (context, ref) => hostById(context).load(ref), price: inBatches('NETWORK', 'hosts') },
  naturalKeys: { hostname: (context, name) => hostByHostname(context).load(name) },
  interfaces: [Asset],
  asset: {
    title: hostDisplayName,
    dependencies: hostDependencies,
    dependents: hostDependents,
    prices: { dependencies: EDGES, dependents: EDGES, otherEnd: byId('NETWORK', 'hosts') },
  },
  query: 'host',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'As stored upstream: may be empty, a product name or an address. For a title use `displayName`.',
    }),
    hostname: textOrNull(t, 'hostname', 'Name in DNS or as the machine reports it; null when unknown.'),
    description: textOrNull(t, 'description', 'Free text; null when unknown.'),
    hidden: t.exposeBoolean('hidden', { description: 'Hidden by hand in Scanopy. Lists hold hidden hosts, too.' }),
    manufacturer: textOrNull(
      t,
      'manufacturer',
      'Maker of the device; null when unknown, and always before Scanopy 0.15.',
    ),
    model: textOrNull(t, 'model', 'Model of the device; null when unknown, and always before Scanopy 0.15.'),
    serialNumber: textOrNull(
      t,
      'serialNumber',
      'Serial number of the device; null when unknown, and always before Scanopy 0.15.',
    ),
    osFamily: textOrNull(
      t,
      'osFamily',
      'Kind of operating system, in the words of Scanopy; null when unknown, and always before Scanopy 0.17.20.',
    ),
    virtualization: t.field({
      type: Virtualization,
      nullable: true,
      description: 'What runs it, when it is a virtual machine; null for others.',
      resolve: ({ source, virtualization }) => virtualization && { source, ...virtualization },
    }),
    lastSeenAt: dateOrNull(
      t,
      'lastSeenAt',
      'When a scan last saw it; null where the server does not say (before late 0.17).',
    ),
    ...recordDates(t),
    network: networkField(t, 'The network it was seen on.'),
    tags: tagsField(t),
    addresses: t.field({
      type: [HostAddress],
      description: 'Its IP addresses, in the order of Scanopy: the first one is the main one.',
      resolve: (host) => owned(host, host.addresses),
    }),
    interfaces: t.field({
      type: [NetworkInterface],
      description: 'Its network interfaces as SNMP lists them; empty for hosts that do not speak SNMP.',
      resolve: (host) => owned(host, host.interfaces),
    }),
    ports: t.field({
      type: [Port],
      description: 'Its open ports, in no particular order.',
      resolve: (host) => owned(host, host.ports),
    }),
    services: t.expose('services', { type: [Service], description: 'The services that run on it.' }),
  }),
  queries: (t) => ({
    hosts: pagedField(t, HostConnection, {
      description: 'The hosts you may read, in source order, hidden ones included, oldest first unless ordered.',
      price: listPage('NETWORK', 'hosts', hostFanOut),
      args: {
        filter: t.arg({ type: HostFilter, description: 'Which hosts are wanted.' }),
        orderBy: t.arg({ type: HostOrder, description: 'Their order.' }),
      },
      list: (_, { filter, orderBy }, context, info) => hostList(context, info, { filter, orderBy }),
    }),
  }),
});

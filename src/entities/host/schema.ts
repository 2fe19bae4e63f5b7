import { hostDependencies, hostDependents } from '#entities/dependency/network-loaders.ts';
import { Asset, assetType } from '#entities/dependency/ref.ts';
import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { networkTags } from '#entities/network-tag/loaders.ts';
import { NetworkTag } from '#entities/network-tag/ref.ts';
import { Service } from '#entities/service/ref.ts';
import { builder } from '#graphql/builder.ts';
import { byId, fromWholeSet, inBatches, listPage, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import './children.ts';
import { hostById, hostList, hostsApart } from './loaders.ts';
import { type HostModel, hostDisplayName } from './model.ts';
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
} from './ref.ts';

const owned = <T>(host: HostModel, rows: readonly T[]): OfHost<T>[] => rows.map((row) => ({ host, row }));

Host.implement({
  description:
    'One machine seen on a network. Its addresses, interfaces, ports and services come with it, at no further cost.',
  interfaces: [Node, Asset],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', {
      description: 'As stored upstream: may be empty, a product name or an address. For a title use `displayName`.',
    }),
    hostname: t.exposeString('hostname', {
      nullable: true,
      description: 'Name in DNS or as the machine tells it; null when unknown.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'Free text; null when not told.' }),
    hidden: t.exposeBoolean('hidden', { description: 'Hidden by hand in Scanopy. Lists hold hidden hosts, too.' }),
    manufacturer: t.exposeString('manufacturer', {
      nullable: true,
      description: 'Maker of the device; null when unknown, and always before Scanopy 0.15.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description: 'Model of the device; null when unknown, and always before Scanopy 0.15.',
    }),
    serialNumber: t.exposeString('serialNumber', {
      nullable: true,
      description: 'Serial number of the device; null when unknown, and always before Scanopy 0.15.',
    }),
    virtualization: t.field({
      type: Virtualization,
      nullable: true,
      description: 'What runs it, when it is a virtual machine; null for others.',
      resolve: ({ source, virtualization }) => virtualization && { source, ...virtualization },
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a scan last saw it; null where the server does not say (before late 0.17).',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When Scanopy first recorded it.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When its record last changed; a change of what it embeds need not show here.',
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network it was seen on.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (host, _, context, info) => networkOf(host, context, info),
    }),
    tags: t.field({
      type: [NetworkTag],
      nullable: true,
      description: 'Its tags; tags that were deleted are left out.',
      extensions: { price: wholeSet('NETWORK', 'networkTags') },
      resolve: ({ source, tagIds }, _, context) => networkTags.byIds(context, source, tagIds),
    }),
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
    services: t.field({
      type: [Service],
      description: 'The services that run on it.',
      resolve: (host) => [...host.services],
    }),
  }),
});

assetType<HostModel>('Host', { title: hostDisplayName, dependencies: hostDependencies, dependents: hostDependents });
nodeType('Host', (context, key) => hostById(context).load(key), inBatches('NETWORK', 'hosts'));

builder.queryFields((t) => ({
  host: t.field({
    type: Host,
    nullable: true,
    description: 'One host by its global id; null when it is unknown or hidden from the key.',
    extensions: { price: byId('NETWORK', 'hosts') },
    args: { id: t.arg.id({ required: true, description: 'Global id of the host.' }) },
    resolve: (_, { id }, context) => hostById(context).load(decodeGlobalId(id, 'Host')),
  }),
  hosts: t.field({
    type: HostConnection,
    nullable: true,
    description: 'The hosts you may read, in source order, hidden ones included, oldest first unless ordered.',
    extensions: { price: listPage('NETWORK', 'hosts', hostsApart) },
    args: {
      ...pageArgs(t),
      filter: t.arg({ type: HostFilter, description: 'Which hosts are wanted.' }),
      orderBy: t.arg({ type: HostOrder, description: 'Their order.' }),
    },
    resolve: (_, { filter, orderBy, ...page }, context, info) =>
      connect(hostList(context, info, { filter, orderBy }), page),
  }),
}));

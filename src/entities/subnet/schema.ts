import { hostList } from '#entities/host/loaders.ts';
import { HostConnection } from '#entities/host/ref.ts';
import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { networkTags } from '#entities/network-tag/loaders.ts';
import { NetworkTag } from '#entities/network-tag/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, pagePerParent, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { subnetList, subnets } from './loaders.ts';
import { Subnet, SubnetConnection, SubnetFilter } from './ref.ts';

Subnet.implement({
  description: 'A range of addresses in a network.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'Name given in Scanopy, or by it.' }),
    cidr: t.exposeString('cidr', {
      description:
        'Range in CIDR notation, e.g. `192.168.1.0/24`. Not a key: the system subnets are all `0.0.0.0/0`, container bridges repeat one range.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'Free text; null when not told.' }),
    type: t.exposeString('subnetType', {
      description:
        'Kind of subnet, e.g. `Lan`, `WiFi`, `DockerBridge`, `Internet`; an open list that grows with Scanopy.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When Scanopy first recorded it.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its record last changed.' }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (subnet, _, context) => sourceOf(context, subnet),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network it belongs to.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (subnet, _, context, info) => networkOf(subnet, context, info),
    }),
    tags: t.field({
      type: [NetworkTag],
      nullable: true,
      description: 'Its tags; tags that were deleted are left out.',
      extensions: { price: wholeSet('NETWORK', 'networkTags') },
      resolve: ({ source, tagIds }, _, context) => networkTags.byIds(context, source, tagIds),
    }),
    hosts: t.field({
      type: HostConnection,
      nullable: true,
      description:
        'Hosts with an address in it, oldest first. Reads all hosts of its network: Scanopy cannot be asked by subnet.',
      extensions: { price: pagePerParent('NETWORK', 'hosts', () => 0) },
      args: pageArgs(t),
      resolve: (subnet, page, context, info) => connect(hostList(context, info, { within: { subnet } }), page),
    }),
  }),
});

nodeType('Subnet', (context, key) => subnets.byId(context).load(key), fromWholeSet('NETWORK', 'subnets'));

builder.queryFields((t) => ({
  subnet: t.field({
    type: Subnet,
    nullable: true,
    description: 'One subnet by its global id; null when it is unknown or hidden from the key.',
    extensions: { price: fromWholeSet('NETWORK', 'subnets') },
    args: { id: t.arg.id({ required: true, description: 'Global id of the subnet.' }) },
    resolve: (_, { id }, context) => subnets.byId(context).load(decodeGlobalId(id, 'Subnet')),
  }),
  subnets: t.field({
    type: SubnetConnection,
    nullable: true,
    description: 'The subnets you may read, in source order. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'subnets') },
    args: { ...pageArgs(t), filter: t.arg({ type: SubnetFilter, description: 'Which subnets are wanted.' }) },
    resolve: (_, { filter, ...page }, context, info) => connect(subnetList(context, info, filter), page),
  }),
}));

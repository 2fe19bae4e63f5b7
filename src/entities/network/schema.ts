import { daemons } from '#entities/daemon/loaders.ts';
import { Daemon } from '#entities/daemon/ref.ts';
import { hostList, hostsApart } from '#entities/host/loaders.ts';
import { HostConnection, HostFilter, HostOrder } from '#entities/host/ref.ts';
import { networkTags } from '#entities/network-tag/loaders.ts';
import { NetworkTag } from '#entities/network-tag/ref.ts';
import { serviceList, servicesApart } from '#entities/service/loaders.ts';
import { ServiceConnection, ServiceFilter } from '#entities/service/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { subnetList } from '#entities/subnet/loaders.ts';
import { SubnetConnection } from '#entities/subnet/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, pagePerParent, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { networks } from './loaders.ts';
import { Network, NetworkConnection } from './ref.ts';

Network.implement({
  description:
    'A network (newer Scanopy versions say site): the scope within which addresses mean something. The same private address may exist in several.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'Name given in Scanopy.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was set up.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its settings last changed.' }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (network, _, context) => sourceOf(context, network),
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
      description: 'Its hosts, hidden ones included, oldest first unless ordered.',
      extensions: { price: pagePerParent('NETWORK', 'hosts', hostsApart) },
      args: {
        ...pageArgs(t),
        filter: t.arg({ type: HostFilter, description: 'Which hosts are wanted, within this network.' }),
        orderBy: t.arg({ type: HostOrder, description: 'Their order.' }),
      },
      resolve: (network, { filter, orderBy, ...page }, context, info) =>
        connect(hostList(context, info, { filter, orderBy, within: { network } }), page),
    }),
    subnets: t.field({
      type: SubnetConnection,
      nullable: true,
      description: 'Its subnets, system ones such as "Internet" included.',
      extensions: { price: wholeSet('NETWORK', 'subnets') },
      args: pageArgs(t),
      resolve: (network, page, context, info) => connect(subnetList(context, info, null, network), page),
    }),
    services: t.field({
      type: ServiceConnection,
      nullable: true,
      description: 'The services on its hosts, oldest first.',
      extensions: { price: pagePerParent('NETWORK', 'services', servicesApart) },
      args: {
        ...pageArgs(t),
        filter: t.arg({ type: ServiceFilter, description: 'Which services are wanted, within this network.' }),
      },
      resolve: (network, { filter, ...page }, context, info) =>
        connect(serviceList(context, info, filter, network), page),
    }),
    daemons: t.field({
      type: [Daemon],
      nullable: true,
      description: 'The daemons that scan it.',
      extensions: { price: wholeSet('NETWORK', 'daemons') },
      resolve: ({ source, id }, _, context, info) =>
        daemons.every(
          context,
          info,
          narrowSources(context, context.sources.network, source),
          (daemon) => daemon.networkId === id,
        ),
    }),
  }),
});

nodeType('Network', (context, key) => networks.byId(context).load(key), fromWholeSet('NETWORK', 'networks'));

builder.queryFields((t) => ({
  network: t.field({
    type: Network,
    nullable: true,
    description: 'One network by its global id; null when it is unknown or hidden from the key.',
    extensions: { price: fromWholeSet('NETWORK', 'networks') },
    args: { id: t.arg.id({ required: true, description: 'Global id of the network.' }) },
    resolve: (_, { id }, context) => networks.byId(context).load(decodeGlobalId(id, 'Network')),
  }),
  networks: t.field({
    type: NetworkConnection,
    nullable: true,
    description: 'The networks you may read, in source order. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'networks') },
    args: pageArgs(t),
    resolve: (_, page, context, info) => connect(networks.list(context, info, context.sources.network), page),
  }),
}));

import { daemons } from '#entities/daemon/loaders.ts';
import { Daemon } from '#entities/daemon/ref.ts';
import { hostFanOut, hostList } from '#entities/host/loaders/lists.ts';
import { HostConnection, HostFilter, HostOrder } from '#entities/host/ref.ts';
import { tagsField } from '#entities/network-tag/ref.ts';
import { serviceFanOut, serviceList } from '#entities/service/loaders/lists.ts';
import { ServiceConnection, ServiceFilter } from '#entities/service/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { subnetList } from '#entities/subnet/loaders.ts';
import { SubnetConnection } from '#entities/subnet/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { nodeOfSet, recordDates } from '#graphql/fields.ts';
import { pagePerParent, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { narrowSources } from '#loading/several-sources.ts';
import { networks } from './loaders.ts';
import { Network, NetworkConnection } from './ref.ts';

export const network = defineEntity(Network, {
  description:
    'A network (newer Scanopy versions say site): the scope within which addresses mean something. The same private address may exist in several.',
  side: 'NETWORK',
  node: nodeOfSet(networks, 'networks'),
  naturalKeys: {},
  query: 'network',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given in Scanopy.' }),
    ...recordDates(t, 'When it was set up.'),
    source: sourceField(t),
    tags: tagsField(t),
    hosts: t.field({
      type: HostConnection,
      nullable: true,
      description: 'Its hosts, hidden ones included, oldest first unless ordered.',
      extensions: { price: pagePerParent('NETWORK', 'hosts', hostFanOut) },
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
      extensions: { price: pagePerParent('NETWORK', 'services', serviceFanOut) },
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
  queries: (t) => ({
    networks: t.field({
      type: NetworkConnection,
      nullable: true,
      description: 'The networks you may read, in source order. One upstream request per source.',
      extensions: { price: wholeSet('NETWORK', 'networks') },
      args: pageArgs(t),
      resolve: (_, page, context, info) => connect(networks.list(context, info, context.sources.network), page),
    }),
  }),
});

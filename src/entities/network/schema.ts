import { daemons } from '#entities/daemon/loaders.ts';
import { Daemon } from '#entities/daemon/ref.ts';
import { hostFanOut } from '#entities/host/loaders/filter.ts';
import { hostList } from '#entities/host/loaders/lists.ts';
import { HostConnection, HostFilter, HostOrder } from '#entities/host/ref.ts';
import { tagsField } from '#entities/network-tag/ref.ts';
import { serviceFanOut, serviceList } from '#entities/service/loaders/lists.ts';
import { ServiceConnection, ServiceFilter } from '#entities/service/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { subnetList } from '#entities/subnet/loaders.ts';
import { SubnetConnection } from '#entities/subnet/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { nodeOfSet, pagedField, recordDates } from '#graphql/fields.ts';
import { pagePerParent, wholeSet } from '#graphql/pricing/prices.ts';
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
    hosts: pagedField(t, HostConnection, {
      description: 'Its hosts, hidden ones included, oldest first unless ordered.',
      price: pagePerParent('NETWORK', 'hosts', hostFanOut),
      args: {
        filter: t.arg({ type: HostFilter, description: 'Which hosts are wanted, within this network.' }),
        orderBy: t.arg({ type: HostOrder, description: 'Their order.' }),
      },
      list: (network, { filter, orderBy }, context, info) =>
        hostList(context, info, { filter, orderBy, within: { network } }),
    }),
    subnets: pagedField(t, SubnetConnection, {
      description: 'Its subnets, system ones such as "Internet" included.',
      price: wholeSet('NETWORK', 'subnets'),
      list: (network, _, context, info) => subnetList(context, info, null, network),
    }),
    services: pagedField(t, ServiceConnection, {
      description: 'The services on its hosts, oldest first.',
      price: pagePerParent('NETWORK', 'services', serviceFanOut),
      args: { filter: t.arg({ type: ServiceFilter, description: 'Which services are wanted, within this network.' }) },
      list: (network, { filter }, context, info) => serviceList(context, info, filter, network),
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
    networks: pagedField(t, NetworkConnection, {
      description: 'The networks you may read, in source order. One upstream request per source.',
      price: wholeSet('NETWORK', 'networks'),
      list: (_, __, context, info) => networks.list(context, info, context.sources.network),
    }),
  }),
});

import { Asset } from '#entities/dependency/ref.ts';
import { hostById } from '#entities/host/loaders/lists.ts';
import type { HostModel } from '#entities/host/model.ts';
import { Host, HostAddress, Port, Virtualization } from '#entities/host/ref.ts';
import { networkField } from '#entities/network/ref.ts';
import { tagsField } from '#entities/network-tag/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { pagedField, recordDates } from '#graphql/fields.ts';
import { byId, inBatches, listPage, together, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { reference } from '#graphql/relay/reference.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { dependenciesOfService, dependentsOfService } from '../loaders/edges.ts';
import { serviceById, serviceFanOut, serviceList } from '../loaders/lists.ts';
import { type ServiceModel, serviceDisplayName } from '../model.ts';
import { Binding, Service, ServiceConnection, ServiceFilter } from '../ref.ts';

const hostOf = ({ source, hostId }: ServiceModel, context: RequestContext): Promise<HostModel | null> =>
  hostById(context).load({ source, id: hostId });

Binding.implement({
  description: 'One place where a service listens: a port, an address, or a port on one address.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id, for caching; `node` does not fetch it, because it comes with its service.',
      resolve: ({ service, row }) => encodeGlobalId({ type: 'Binding', source: service.source, id: row.id }),
    }),
    port: t.field({
      type: Port,
      nullable: true,
      description: 'The port; null when only the address is known.',
      extensions: { price: byId('NETWORK', 'hosts') },
      resolve: async ({ service, row }, _, context) => {
        if (row.portId === null) return null;
        const host = await hostOf(service, context);
        const port = host?.ports.find(({ id }) => id === row.portId);
        return host && port ? { host, row: port } : null;
      },
    }),
    address: t.field({
      type: HostAddress,
      nullable: true,
      description: 'The address; null when it listens on every address, see `allAddresses`.',
      extensions: { price: byId('NETWORK', 'hosts') },
      resolve: async ({ service, row }, _, context) => {
        if (row.addressId === null) return null;
        const host = await hostOf(service, context);
        const address = host?.addresses.find(({ id }) => id === row.addressId);
        return host && address ? { host, row: address } : null;
      },
    }),
    allAddresses: t.boolean({
      description: 'The port is open on every address of the host.',
      resolve: ({ row }) => row.portId !== null && row.addressId === null,
    }),
  }),
});

const EDGES = together(
  wholeList('NETWORK', 'hosts'),
  wholeSet('NETWORK', 'serviceDependencies'),
  wholeList('NETWORK', 'services'),
);

export const service = defineEntity(Service, {
  description: 'Something that runs on a host and usually listens on a port.',
  side: 'NETWORK',
  node: { load: (context, ref) => serviceById(context).load(ref), price: inBatches('NETWORK', 'services') },
  naturalKeys: {},
  interfaces: [Asset],
  asset: {
    title: serviceDisplayName,
    dependencies: dependenciesOfService,
    dependents: dependentsOfService,
    prices: { dependencies: EDGES, dependents: EDGES, otherEnd: byId('NETWORK', 'services') },
  },
  query: 'service',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Name given in Scanopy, or by it; may be empty. For a title use `displayName`.',
    }),
    definition: t.exposeString('definition', {
      description:
        'Product that Scanopy recognised, e.g. `Nginx Proxy Manager`; an open list of product names. `Missing Service` when Scanopy no longer knows it.',
    }),
    position: t.exposeInt('position', { description: 'Place among the services of its host, from 0.' }),
    virtualization: t.field({
      type: Virtualization,
      nullable: true,
      description: 'What runs it, when it is a container; null for others.',
      resolve: ({ source, virtualization }) => virtualization && { source, ...virtualization },
    }),
    ...recordDates(t),
    network: networkField(t, 'The network of its host.'),
    host: t.field(
      reference(Host, {
        description: 'The host it runs on.',
        price: byId('NETWORK', 'hosts'),
        ref: ({ source, hostId }: ServiceModel) => ({ source, id: hostId }),
        load: (context, ref) => hostById(context).load(ref),
      }),
    ),
    tags: tagsField(t),
    bindings: t.field({
      type: [Binding],
      description: 'Where it listens.',
      resolve: (service) => service.bindings.map((row) => ({ service, row })),
    }),
  }),
  queries: (t) => ({
    services: pagedField(t, ServiceConnection, {
      description: 'The services you may read, in source order, oldest first.',
      price: listPage('NETWORK', 'services', serviceFanOut),
      args: { filter: t.arg({ type: ServiceFilter, description: 'Which services are wanted.' }) },
      list: (_, { filter }, context, info) => serviceList(context, info, filter),
    }),
  }),
});

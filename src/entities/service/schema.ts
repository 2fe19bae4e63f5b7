import { serviceDependenciesOf, serviceDependentsOf } from '#entities/dependency/network-loaders.ts';
import { Asset, assetType } from '#entities/dependency/ref.ts';
import { hostById } from '#entities/host/loaders.ts';
import type { HostModel } from '#entities/host/model.ts';
import { HOST_REFERENCE_FIELDS, Host, HostAddress, Port, Virtualization } from '#entities/host/ref.ts';
import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { networkTags } from '#entities/network-tag/loaders.ts';
import { NetworkTag } from '#entities/network-tag/ref.ts';
import { builder } from '#graphql/builder.ts';
import { byId, fromWholeSet, inBatches, listPage, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { referenceTo } from '#graphql/relay/reference.ts';
import { decodeGlobalId, encodeGlobalId } from '#lib/global-id.ts';
import type { RequestContext } from '#loading/context.ts';
import { serviceById, serviceList, servicesApart } from './loaders.ts';
import { type ServiceModel, serviceDisplayName } from './model.ts';
import { Binding, Service, ServiceConnection, ServiceFilter } from './ref.ts';

const hostOf = ({ source, hostId }: ServiceModel, context: RequestContext): Promise<HostModel | null> =>
  hostById(context).load({ source, id: hostId });

Service.implement({
  description: 'Something that runs on a host and usually listens on a port.',
  interfaces: [Node, Asset],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
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
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When Scanopy first recorded it.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its record last changed.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network of its host.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (service, _, context, info) => networkOf(service, context, info),
    }),
    host: t.field({
      type: Host,
      nullable: true,
      description: 'The host it runs on.',
      extensions: { price: byId('NETWORK', 'hosts') },
      resolve: (service, _, context, info) => {
        const { source, hostId } = service;
        return (
          referenceTo<HostModel>({ type: 'Host', source, id: hostId }, info, HOST_REFERENCE_FIELDS) ??
          hostOf(service, context)
        );
      },
    }),
    tags: t.field({
      type: [NetworkTag],
      nullable: true,
      description: 'Its tags; tags that were deleted are left out.',
      extensions: { price: wholeSet('NETWORK', 'networkTags') },
      resolve: ({ source, tagIds }, _, context) => networkTags.byIds(context, source, tagIds),
    }),
    bindings: t.field({
      type: [Binding],
      description: 'Where it listens.',
      resolve: (service) => service.bindings.map((row) => ({ service, row })),
    }),
  }),
});

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

assetType<ServiceModel>('Service', {
  title: serviceDisplayName,
  dependencies: serviceDependenciesOf,
  dependents: serviceDependentsOf,
});
nodeType('Service', (context, key) => serviceById(context).load(key), inBatches('NETWORK', 'services'));

builder.queryFields((t) => ({
  service: t.field({
    type: Service,
    nullable: true,
    description: 'One service by its global id; null when it is unknown or hidden from the key.',
    extensions: { price: byId('NETWORK', 'services') },
    args: { id: t.arg.id({ required: true, description: 'Global id of the service.' }) },
    resolve: (_, { id }, context) => serviceById(context).load(decodeGlobalId(id, 'Service')),
  }),
  services: t.field({
    type: ServiceConnection,
    nullable: true,
    description: 'The services you may read, in source order, oldest first.',
    extensions: { price: listPage('NETWORK', 'services', servicesApart) },
    args: { ...pageArgs(t), filter: t.arg({ type: ServiceFilter, description: 'Which services are wanted.' }) },
    resolve: (_, { filter, ...page }, context, info) => connect(serviceList(context, info, filter), page),
  }),
}));

import { hostList } from '#entities/host/loaders/lists.ts';
import { HostConnection } from '#entities/host/ref.ts';
import { networkField } from '#entities/network/ref.ts';
import { tagsField } from '#entities/network-tag/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { nodeOfSet, pagedField, recordDates, textOrNull } from '#graphql/fields.ts';
import { pagePerParent, wholeSet } from '#graphql/pricing/prices.ts';
import { subnetList, subnets } from './loaders.ts';
import { Subnet, SubnetConnection, SubnetFilter } from './ref.ts';

export const subnet = defineEntity(Subnet, {
  description: 'A range of addresses in a network.',
  side: 'NETWORK',
  node: nodeOfSet(subnets, 'subnets'),
  naturalKeys: {},
  query: 'subnet',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given in Scanopy, or by it.' }),
    cidr: t.exposeString('cidr', {
      description:
        'Range in CIDR notation, e.g. `192.168.1.0/24`. Not a key: the system subnets are all `0.0.0.0/0`, container bridges repeat one range.',
    }),
    description: textOrNull(t, 'description', 'Free text; null when unknown.'),
    type: t.exposeString('subnetType', {
      description:
        'Kind of subnet, e.g. `Lan`, `WiFi`, `DockerBridge`, `Internet`; an open list that grows with Scanopy.',
    }),
    ...recordDates(t),
    source: sourceField(t),
    network: networkField(t, 'The network it belongs to.'),
    tags: tagsField(t),
    hosts: pagedField(t, HostConnection, {
      description:
        'Hosts with an address in it, oldest first. Reads all hosts of its network: Scanopy cannot be asked by subnet.',
      price: pagePerParent('NETWORK', 'hosts', () => 0),
      list: (subnet, _, context, info) => hostList(context, info, { within: { subnet } }),
    }),
  }),
  queries: (t) => ({
    subnets: pagedField(t, SubnetConnection, {
      description: 'The subnets you may read, in source order. One upstream request per source.',
      price: wholeSet('NETWORK', 'subnets'),
      args: { filter: t.arg({ type: SubnetFilter, description: 'Which subnets are wanted.' }) },
      list: (_, { filter }, context, info) => subnetList(context, info, filter),
    }),
  }),
});

import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { subnets } from '#entities/subnet/loaders.ts';
import { Subnet } from '#entities/subnet/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, wholeSet } from '#graphql/pricing/prices.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { vlans } from './loaders.ts';
import { Vlan } from './ref.ts';

Vlan.implement({
  description: 'A virtual LAN (IEEE 802.1Q).',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    number: t.exposeInt('number', { description: 'VLAN id, 1–4094. Unique within a network only.' }),
    name: t.exposeString('name', { description: 'Name as the switches or Scanopy tell it.' }),
    description: t.exposeString('description', { nullable: true, description: 'Free text; null when not told.' }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (vlan, _, context) => sourceOf(context, vlan),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network it belongs to.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (vlan, _, context, info) => networkOf(vlan, context, info),
    }),
    subnets: t.field({
      type: [Subnet],
      nullable: true,
      description: 'The subnets it carries, as far as Scanopy knows; subnets that were deleted are left out.',
      extensions: { price: wholeSet('NETWORK', 'subnets') },
      resolve: ({ source, subnetIds }, _, context) => subnets.byIds(context, source, subnetIds),
    }),
  }),
});

nodeType('Vlan', (context, key) => vlans.byId(context).load(key), fromWholeSet('NETWORK', 'vlans'));

builder.queryField('vlans', (t) =>
  t.field({
    type: [Vlan],
    nullable: true,
    description:
      'The VLANs of every Scanopy server you may read, in source order. Empty for servers too old to know VLANs. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'vlans') },
    resolve: (_, __, context, info) => vlans.every(context, info, context.sources.network),
  }),
);

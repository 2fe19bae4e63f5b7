import { networkField } from '#entities/network/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { subnets } from '#entities/subnet/loaders.ts';
import { Subnet } from '#entities/subnet/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { fromWholeSet, wholeSet } from '#graphql/pricing/prices.ts';
import { vlans } from './loaders.ts';
import { Vlan } from './ref.ts';

export const vlan = defineEntity(Vlan, {
  description: 'A virtual LAN (IEEE 802.1Q).',
  side: 'NETWORK',
  node: { load: (context, ref) => vlans.byId(context).load(ref), price: fromWholeSet('NETWORK', 'vlans') },
  naturalKeys: {},
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'VLAN id, 1–4094. Unique within a network only.' }),
    name: t.exposeString('name', { description: 'Name as the switches or Scanopy tell it.' }),
    description: t.exposeString('description', { nullable: true, description: 'Free text; null when not told.' }),
    source: sourceField(t),
    network: networkField(t, 'The network it belongs to.'),
    subnets: t.field({
      type: [Subnet],
      nullable: true,
      description: 'The subnets it carries, as far as Scanopy knows; subnets that were deleted are left out.',
      extensions: { price: wholeSet('NETWORK', 'subnets') },
      resolve: ({ source, subnetIds }, _, context) => subnets.byIds(context, source, subnetIds),
    }),
  }),
  queries: (t) => ({
    vlans: t.field({
      type: [Vlan],
      nullable: true,
      description:
        'The VLANs of every Scanopy server you may read, in source order. Empty for servers too old to know VLANs. One upstream request per source.',
      extensions: { price: wholeSet('NETWORK', 'vlans') },
      resolve: (_, __, context, info) => vlans.every(context, info, context.sources.network),
    }),
  }),
});

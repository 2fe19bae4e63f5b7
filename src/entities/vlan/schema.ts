import { networkField } from '#entities/network/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { subnets } from '#entities/subnet/loaders.ts';
import { Subnet } from '#entities/subnet/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { everyOfSet, nodeOfSet, textOrNull } from '#graphql/fields.ts';
import { wholeSet } from '#graphql/pricing/prices.ts';
import { vlans } from './loaders.ts';
import { Vlan } from './ref.ts';

export const vlan = defineEntity(Vlan, {
  description: 'A virtual LAN (IEEE 802.1Q).',
  side: 'NETWORK',
  node: nodeOfSet(vlans, 'vlans'),
  naturalKeys: {},
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'VLAN id, 1–4094. Unique within a network only.' }),
    name: t.exposeString('name', { description: 'Name as the switches or Scanopy report it.' }),
    description: textOrNull(t, 'description', 'Free text; null when unknown.'),
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
    vlans: everyOfSet(
      t,
      Vlan,
      vlans,
      'vlans',
      'The VLANs of every Scanopy server you may read, in source order. Empty for servers too old to know VLANs. One upstream request per source.',
    ),
  }),
});

import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { textOrNull } from '#graphql/fields.ts';
import { wholeSet } from '#graphql/pricing/prices.ts';
import { everySource } from '#loading/several-sources.ts';
import { organizationById } from './loaders.ts';
import { CloudOrganization } from './ref.ts';

export const cloudOrganization = defineEntity(CloudOrganization, {
  description: 'A ScanOrbit organization: what one ScanOrbit key can see.',
  side: 'CLOUD',
  node: {
    load: (context, ref) => organizationById(context).load(ref),
    price: wholeSet('CLOUD', 'organizations', 1),
  },
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the organization.' }),
    slug: t.exposeString('slug', { description: 'Short name as used in URLs.' }),
    tier: textOrNull(t, 'tier', 'Plan, e.g. `free`, `pro`, `team`; null on self-hosted servers.'),
    source: sourceField(t),
  }),
  queriesOfNow: (t) => ({
    organizations: t.field({
      type: [CloudOrganization],
      nullable: true,
      description: 'The ScanOrbit organizations you may read, in source order. One upstream request each.',
      extensions: { price: wholeSet('CLOUD', 'organizations') },
      resolve: (_, __, context, info) =>
        everySource(context, info, context.sources.cloud, async ({ client }) => [
          await client.organization(context.scope),
        ]),
    }),
  }),
});

import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { wholeSet } from '#graphql/pricing/prices.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { everySource } from '#loading/every-source.ts';
import { organizationById } from './loaders.ts';
import { CloudOrganization } from './ref.ts';

CloudOrganization.implement({
  description: 'A ScanOrbit organization: what one ScanOrbit key can see.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'Name of the organization.' }),
    slug: t.exposeString('slug', { description: 'Short name as used in URLs.' }),
    tier: t.exposeString('tier', {
      nullable: true,
      description: 'Plan, e.g. `free`, `pro`, `team`; null on self-hosted servers.',
    }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (organization, _, context) => sourceOf(context, organization),
    }),
  }),
});

nodeType(
  'CloudOrganization',
  (context, key) => organizationById(context).load(key),
  wholeSet('CLOUD', 'organizations', 1),
);

builder.queryField('organizations', (t) =>
  t.field({
    type: [CloudOrganization],
    nullable: true,
    description: 'The ScanOrbit organizations you may read, in source order. One upstream request each.',
    extensions: { price: wholeSet('CLOUD', 'organizations') },
    resolve: (_, __, context, info) =>
      everySource(context, info, context.sources.cloud, async ({ client }) => [
        await client.organization(context.scope),
      ]),
  }),
);

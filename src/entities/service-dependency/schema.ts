import { networkField } from '#entities/network/ref.ts';
import { Service } from '#entities/service/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { everyOfSet, nodeOfSet, textOrNull } from '#graphql/fields.ts';
import { byId, pagePerParent, together } from '#graphql/pricing/prices.ts';
import { membersOf, serviceDependencies } from './loaders.ts';
import { ServiceDependency } from './ref.ts';

const ServiceDependencyType = builder.enumType('ServiceDependencyType', {
  description: 'What a declared relation between services says.',
  values: {
    REQUEST_PATH: { description: 'Each member calls the next one.' },
    HUB_AND_SPOKE: { description: 'The first member is the hub of the others.' },
    UNKNOWN: { description: 'A value of the upstream that this graph does not know.' },
  } as const,
});

export const serviceDependency = defineEntity(ServiceDependency, {
  description: 'A relation between services that somebody declared in Scanopy (old versions call it a group).',
  side: 'NETWORK',
  node: nodeOfSet(serviceDependencies, 'serviceDependencies'),
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given in Scanopy.' }),
    description: textOrNull(t, 'description', 'Free text; null when unknown.'),
    type: t.expose('dependencyType', { type: ServiceDependencyType, description: 'What it says of its members.' }),
    source: sourceField(t),
    network: networkField(t, 'The network it was declared in.'),
    members: t.field({
      type: [Service],
      nullable: true,
      description: 'Its services in order; those that were deleted are left out.',
      // The service of a binding is known only from all services of its network.
      extensions: {
        price: together(
          byId('NETWORK', 'services'),
          pagePerParent('NETWORK', 'services', () => 0),
        ),
      },
      resolve: (dependency, _, context) => membersOf(dependency, context),
    }),
  }),
  queries: (t) => ({
    serviceDependencies: everyOfSet(
      t,
      ServiceDependency,
      serviceDependencies,
      'serviceDependencies',
      'The declared relations between services of every Scanopy server you may read, in source order. One upstream request per source.',
    ),
  }),
});

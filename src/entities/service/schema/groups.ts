import { BY, DEFAULT_GROUPS, firstGroups, GroupOrder, groupsType } from '#entities/group/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { everyRow, forDimension } from '#graphql/pricing/counting-price.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { inBatches, together, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { checkedSize } from '#graphql/relay/connection.ts';
import { serviceGroups as countServices, type ServiceDimension } from '../loaders/groups.ts';
import { serviceFanOut } from '../loaders/lists.ts';
import { ServiceFilter } from '../ref.ts';

const ServiceDimensions = builder.enumType('ServiceDimension', {
  description: 'What services can be counted by. A service that listens on several ports counts once in each of these.',
  values: {
    DEFINITION: { description: 'The field `definition`.' },
    NETWORK: { description: 'The network of their host, by its global id.' },
    HOST: { description: 'The host they run on, by its global id.' },
    PORT: { description: 'The ports they listen on, e.g. `443/tcp`. Reads all hosts, too.' },
  } satisfies Record<ServiceDimension, object>,
});

const ServiceGroups = groupsType('Service', 'NETWORK', 'services');

/** Titles of the hosts that are shown. */
const hostTitlesPrice: PriceOf = (input) => {
  const { first } = input.args;
  return inBatches('NETWORK', 'hosts')({ ...input, parents: typeof first === 'number' ? first : DEFAULT_GROUPS });
};

export const serviceGroups = defineFields({
  queries: (t) => ({
    serviceGroups: t.field({
      type: ServiceGroups,
      nullable: true,
      description:
        'Services of all sources, counted. From the index at no request; while that has not read a source, its lists are read for it.',
      extensions: {
        price: together(
          everyRow('NETWORK', 'services', serviceFanOut),
          forDimension('NETWORK', 'services', wholeSet('NETWORK', 'networks')),
          forDimension('HOST', 'services', hostTitlesPrice),
          forDimension('PORT', 'services', wholeList('NETWORK', 'hosts')),
        ),
      },
      args: {
        by: t.arg({ type: [ServiceDimensions], required: true, description: BY }),
        filter: t.arg({ type: ServiceFilter, description: 'Which services are counted.' }),
        orderBy: t.arg({ type: GroupOrder, description: 'Order of the groups: most services first when left out.' }),
        first: firstGroups(t),
      },
      resolve: (_, { first, ...args }, context, info) =>
        countServices(context, info, { ...args, first: checkedSize('first', first) ?? DEFAULT_GROUPS }),
    }),
  }),
});

import { BY, DEFAULT_GROUPS, firstGroups, GroupOrder, groupsType } from '#entities/group/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { everyRow, forDimension } from '#graphql/pricing/counting-price.ts';
import { together, wholeSet } from '#graphql/pricing/prices.ts';
import { checkedSize } from '#graphql/relay/connection.ts';
import { SOURCE_SIDES } from '#lib/source-side.ts';
import { hostFanOut } from '../loaders/filter.ts';
import { hostGroups as countHosts, type HostDimension } from '../loaders/groups.ts';
import { HostFilter } from '../ref.ts';

const HostDimensions = builder.enumType('HostDimension', {
  description:
    'What hosts can be counted by. A host of several subnets, services or ports counts once in each of these.',
  values: {
    NETWORK: { description: 'The network they were seen on, by its global id.' },
    SUBNET: { description: 'The subnets of their addresses, by their global ids.' },
    MANUFACTURER: { description: 'The field `manufacturer`.' },
    OS_FAMILY: { description: 'The field `osFamily`.' },
    SERVICE_DEFINITION: { description: 'The definitions of the services that run on them.' },
    OPEN_PORT: { description: 'Their open ports, e.g. `443/tcp`.' },
    LINKED: {
      description:
        'Whether they are linked with a cloud resource, `true` or `false`, as the index knows: an error while it has not read one of the two sides.',
      extensions: { sides: SOURCE_SIDES },
    },
  } satisfies Record<HostDimension, object>,
});

const HostGroups = groupsType('Host', 'NETWORK', 'hosts');

export const hostGroups = defineFields({
  queries: (t) => ({
    hostGroups: t.field({
      type: HostGroups,
      nullable: true,
      description:
        'Hosts of all sources, hidden ones included, counted. From the index at no request; while that has not read a source, its lists are read for it.',
      extensions: {
        price: together(
          everyRow('NETWORK', 'hosts', hostFanOut),
          forDimension('NETWORK', 'hosts', wholeSet('NETWORK', 'networks')),
          forDimension('SUBNET', 'hosts', wholeSet('NETWORK', 'subnets')),
        ),
      },
      args: {
        by: t.arg({ type: [HostDimensions], required: true, description: BY }),
        filter: t.arg({ type: HostFilter, description: 'Which hosts are counted.' }),
        orderBy: t.arg({ type: GroupOrder, description: 'Order of the groups: most hosts first when left out.' }),
        first: firstGroups(t),
      },
      resolve: (_, { first, ...args }, context, info) =>
        countHosts(context, info, { ...args, first: checkedSize('first', first) ?? DEFAULT_GROUPS }),
    }),
  }),
});

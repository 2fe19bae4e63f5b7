import { BY, DEFAULT_GROUPS, firstGroups, groupsType, ResourceGroupOrder } from '#entities/group/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { everyRow, forDimension } from '#graphql/pricing/counting-price.ts';
import type { PriceInput } from '#graphql/pricing/price.ts';
import { together, wholeSet } from '#graphql/pricing/prices.ts';
import { checkedSize } from '#graphql/relay/connection.ts';
import { namesBelow, selectedNames } from '#graphql/selected-fields.ts';
import {
  resourceGroups as countResources,
  type RESOURCE_DIMENSIONS,
  type ResourceGroupArgs,
  resourceQuestion,
} from '../loaders/groups.ts';
import { type ResourceListFilter, resourceFanOut } from '../loaders/lists.ts';
import { ResourceFilter, withFindings } from '../ref.ts';

const ResourceDimension = builder.enumType('ResourceDimension', {
  description: 'What resources can be counted by.',
  values: {
    SERVICE: { description: 'The field `service`.' },
    REGION: { description: 'The field `region`; no value where the upstream has none.' },
    ACCOUNT: { description: 'The account that owns them, by its global id.' },
    STATE: { description: 'The field `state`; empty for many services.' },
    TAG: { description: 'The value of the tag with the key `tag`; no value for resources without it.' },
  } satisfies Record<(typeof RESOURCE_DIMENSIONS)[number], object>,
});

const ResourceGroups = groupsType('Resource', 'CLOUD', 'resources', true);

/** Fields that statistics have nothing for. */
const COSTS = ['monthlyCost', 'withoutCost'];

const wantsCosts = (groups: ReadonlySet<string>, group: ReadonlySet<string>): boolean =>
  COSTS.some((name) => groups.has(name) || group.has(name));

/** Also where arguments are not known, as when fields are weighed for a router. */
const questionOf = ({ args, selects, selectsBelow }: PriceInput) => {
  const { by = [], ...others } = args as Partial<ResourceGroupArgs>;
  return resourceQuestion({ by, ...others, wantsCosts: wantsCosts(selects, selectsBelow('groups', 'ResourceGroup')) });
};

const isHeld = ({ filter }: { readonly filter?: ResourceListFilter | null }): boolean => !filter?.cost;

export const resourceGroups = defineFields({
  queries: (t) => ({
    resourceGroups: t.field({
      type: ResourceGroups,
      nullable: true,
      description:
        'AWS resources of all sources, counted, with what they cost. From the index at no request; while that has not read a source, from its own statistics where these are exact (by service, region or state, without filter and costs), else from its lists.',
      extensions: {
        price: together(
          withFindings(everyRow('CLOUD', 'resources', resourceFanOut, { isHeld, questionOf }), true),
          forDimension('ACCOUNT', 'resources', wholeSet('CLOUD', 'accounts')),
        ),
      },
      args: {
        by: t.arg({ type: [ResourceDimension], required: true, description: BY }),
        tag: t.arg.string({ description: 'Key of the tag whose values are counted by TAG; case-sensitive.' }),
        filter: t.arg({
          type: ResourceFilter,
          description: 'Which resources are counted. With `cost`, lists are read: the index does not know.',
        }),
        orderBy: t.arg({
          type: ResourceGroupOrder,
          description: 'Order of the groups: most resources first when left out.',
        }),
        first: firstGroups(t),
      },
      resolve: (_, { first, ...args }, context, info) =>
        countResources(context, info, {
          ...args,
          first: checkedSize('first', first) ?? DEFAULT_GROUPS,
          wantsCosts: wantsCosts(selectedNames(info), namesBelow(info, 'groups', 'ResourceGroup')),
        }),
    }),
  }),
});

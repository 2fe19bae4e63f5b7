import { BY, DEFAULT_GROUPS, firstGroups, GroupOrder, groupsType } from '#entities/group/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { everyRow, forDimension } from '#graphql/pricing/counting-price.ts';
import type { PriceInput, PriceOf } from '#graphql/pricing/price.ts';
import { type FanOut, together, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { checkedSize } from '#graphql/relay/connection.ts';
import {
  findingGroups as countFindings,
  type FindingDimension,
  type FindingGroupArgs,
  findingQuestion,
} from '../loaders/groups.ts';
import { FindingFilter, withResources, withSeverities } from '../ref.ts';

const FindingDimensions = builder.enumType('FindingDimension', {
  description: 'What findings can be counted by.',
  values: {
    SEVERITY: { description: 'The field `severity`.' },
    STATUS: { description: 'The field `status`.' },
    TYPE: { description: 'The field `type`.' },
    ACCOUNT: { description: 'The account they were found in, by its global id.' },
    RESOURCE_SERVICE: {
      description:
        'The service of the resource they are about; no value for certificates and resources that are gone. Reads all resources.',
    },
    RESOURCE_REGION: { description: 'The region of that resource. Reads all resources.' },
  } satisfies Record<FindingDimension, object>,
});

const FindingGroups = groupsType('Finding', 'CLOUD', 'findings');

/** Also where arguments are not known, as when fields are weighed for a router. */
const questionOf = ({ args }: PriceInput) => {
  const { by = [], ...others } = args as Partial<FindingGroupArgs>;
  return findingQuestion({ by, ...others });
};

const rowsPrice: PriceOf = (input) => {
  const question = questionOf(input);
  const isCounted = input.counted.findings || (question !== null && input.statistics.has(question));
  const price = (apart: FanOut) => everyRow('CLOUD', 'findings', apart, { questionOf });
  return isCounted ? price(() => null)(input) : withSeverities(price)(input);
};

const PRICE = together(
  withResources(rowsPrice, true),
  forDimension('RESOURCE_SERVICE', 'resources', wholeList('CLOUD', 'resources')),
  forDimension('RESOURCE_REGION', 'resources', wholeList('CLOUD', 'resources')),
  forDimension('ACCOUNT', 'findings', wholeSet('CLOUD', 'accounts')),
);

export const findingGroups = defineFields({
  queries: (t) => ({
    findingGroups: t.field({
      type: FindingGroups,
      nullable: true,
      description:
        'Findings of all sources, counted. From the index at no request; while that has not read a source, from its own statistics where these are exact (all by status, open ones by severity or type), else from its lists.',
      extensions: { price: PRICE },
      args: {
        by: t.arg({ type: [FindingDimensions], required: true, description: BY }),
        filter: t.arg({ type: FindingFilter, description: 'Which findings are counted.' }),
        orderBy: t.arg({ type: GroupOrder, description: 'Order of the groups: most findings first when left out.' }),
        first: firstGroups(t),
      },
      resolve: (_, { first, ...args }, context, info) =>
        countFindings(context, info, { ...args, first: checkedSize('first', first) ?? DEFAULT_GROUPS }),
    }),
  }),
});

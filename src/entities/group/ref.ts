import type { ArgBuilder } from '@pothos/core';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { type BuilderTypes, builder } from '#graphql/builder.ts';
import { orderInput, textOrNull } from '#graphql/fields.ts';
import { MAX_PAGE } from '#graphql/page-sizes.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { CostModel, GroupKeyModel, GroupModel, GroupReadingModel, GroupsModel } from './model.ts';

export const DEFAULT_GROUPS = 20;

const GroupKey = builder.objectRef<GroupKeyModel>('GroupKey').implement({
  description: 'What the records of a group have in common, in one dimension.',
  fields: (t) => ({
    dimension: t.exposeString('dimension', { description: 'The dimension, as `by` names it.' }),
    value: textOrNull(
      t,
      'value',
      'The value, as the filter of the list takes it; a global id where it names a record. Null: the records have none, or it is unknown.',
    ),
    label: t.exposeString('label', { description: 'The value for people, never blank: a name where it is an id.' }),
    id: t.exposeID('id', {
      nullable: true,
      description:
        'Global id of the account, network, subnet or host that the value names, for `node(id:)`; else null.',
    }),
  }),
});

const GroupReadingFrom = builder.enumType('GroupReadingFrom', {
  description: 'What was counted.',
  values: {
    INDEX: {
      description: 'The snapshot of the index, at no request. `Cache-Control: no-cache` asks the source instead.',
    },
    STATISTICS: { description: 'What the source itself counts, where that is exact: one or two requests.' },
    LISTS: { description: "The source's lists, read whole or as far as it filters them itself." },
  } as const,
});

const GroupReading = builder.objectRef<GroupReadingModel>('GroupReading').implement({
  description: 'How the records of one source were read, to be counted.',
  fields: (t) => ({
    source: t.field({
      type: Source,
      description: 'The source.',
      resolve: (reading, _, context) => sourceOf(context, reading),
    }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      description: 'When its records were read; the oldest of them, if not at once.',
    }),
    from: t.expose('from', { type: GroupReadingFrom, description: 'What was counted.' }),
    missing: t.exposeInt('missing', {
      description: 'Records that the source counts or sent, and that could not be had or read: they are not counted.',
    }),
  }),
});

const COST_FIELDS = (of: string) => ({
  monthlyCost: {
    type: 'Decimal' as const,
    nullable: true as const,
    description: `Sum of \`costEstimateMonthly\` of ${of}, exact, in USD; null where none is known.`,
  },
  withoutCost: { description: `How many of ${of} have no known cost: they are not in the sum.` },
});

/** Declares `<name>Groups` and `<name>Group`: records of one type, counted by what they have in common. */
export const groupsType = (name: string, side: SourceSide, records: string, hasCosts = false) => {
  const costs = <Model extends CostModel>(
    t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Model>,
    of: string,
  ) => ({
    monthlyCost: t.field({ ...COST_FIELDS(of).monthlyCost, resolve: ({ monthlyCost }) => monthlyCost }),
    withoutCost: t.int({ ...COST_FIELDS(of).withoutCost, resolve: ({ withoutCost }) => withoutCost }),
  });
  const Group = builder.objectRef<GroupModel>(`${name}Group`).implement({
    description: `The ${records} that have one value, or one pair of values, in common.`,
    extensions: { side },
    fields: (t) => ({
      keys: t.expose('keys', { type: [GroupKey], description: 'What they have in common, in the order of `by`.' }),
      count: t.exposeInt('count', { description: 'How many there are.' }),
      ...(hasCosts && costs(t, 'them')),
    }),
  });
  return builder.objectRef<GroupsModel>(`${name}Groups`).implement({
    description: `The ${records} that a filter leaves, counted by what they have in common.`,
    extensions: { side },
    fields: (t) => ({
      groups: t.expose('groups', { type: [Group], description: 'The first groups in the order asked for.' }),
      groupCount: t.exposeInt('groupCount', { description: 'Number of groups, those that are not shown included.' }),
      totalCount: t.exposeInt('totalCount', {
        description: `Number of ${records} that the filter leaves, each counted once; those of groups that are not shown included.`,
      }),
      ...(hasCosts && costs(t, `all ${records} that the filter leaves`)),
      asOf: t.expose('asOf', {
        type: 'DateTime',
        description: 'When the records were read; the oldest of them, if not at once.',
      }),
      complete: t.exposeBoolean('complete', {
        description: 'Every source has answered, and no record is missing. Else errors beside the data say what is.',
      }),
      readings: t.expose('readings', { type: [GroupReading], description: 'How each source was read.' }),
    }),
  });
};

const GroupOrderField = builder.enumType('GroupOrderField', {
  description: 'What groups can be ordered by.',
  values: { COUNT: { description: 'How many records they have.' } } as const,
});

export const GroupOrder = orderInput(
  'GroupOrder',
  'Order of groups; equal ones by their values.',
  GroupOrderField,
  'DESC',
);

const ResourceGroupOrderField = builder.enumType('ResourceGroupOrderField', {
  description: 'What groups of resources can be ordered by.',
  values: {
    COUNT: { description: 'How many resources they have.' },
    COST: { description: 'What these cost together; groups whose cost is unknown come last.' },
  } as const,
});

export const ResourceGroupOrder = orderInput(
  'ResourceGroupOrder',
  'Order of groups; equal ones by their count, most first, then by their values.',
  ResourceGroupOrderField,
  'DESC',
);

/** The argument `first` of groups. */
export const firstGroups = (t: { readonly arg: ArgBuilder<BuilderTypes> }) =>
  t.arg.int({ description: `Return at most this many groups: 1–${MAX_PAGE}, default ${DEFAULT_GROUPS}.` });

/** What `by` takes, besides its values. */
export const BY = 'What to count by: one or two different dimensions.';

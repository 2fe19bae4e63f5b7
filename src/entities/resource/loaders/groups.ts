import { accountDimension } from '#entities/cloud-account/loaders.ts';
import { groupsOf } from '#entities/group/loaders/groups-of.ts';
import type { Dimension, GroupOrderModel, GroupsModel } from '#entities/group/model.ts';
import { InputError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { countedBySource, rowsToCount } from '#loading/rows-to-count.ts';
import { resourcesToCount } from '#loading/snapshot-to-count.ts';
import type { CountQuestion } from '#sources/cloud-client.ts';
import type { ResourceModel } from '../model.ts';
import { type ResourceListFilter, wantedResources } from './lists.ts';
import { resourcePages } from './pages.ts';

export const RESOURCE_DIMENSIONS = ['SERVICE', 'REGION', 'ACCOUNT', 'STATE', 'TAG'] as const;
type ResourceDimension = (typeof RESOURCE_DIMENSIONS)[number];

export interface ResourceGroupArgs {
  readonly by: readonly ResourceDimension[];
  /** Key of the tag, for the dimension TAG. */
  readonly tag?: string | null | undefined;
  readonly filter?: ResourceListFilter | null | undefined;
  readonly orderBy?: GroupOrderModel | null | undefined;
  readonly first: number;
  /** Whether the costs of groups are asked for: statistics have none. */
  readonly wantsCosts: boolean;
}

const STATISTICS: Readonly<Partial<Record<ResourceDimension, CountQuestion>>> = {
  SERVICE: 'RESOURCES_BY_SERVICE',
  REGION: 'RESOURCES_BY_REGION',
  STATE: 'RESOURCES_BY_STATE',
};

/** Which statistics of a source may answer: they count all of its resources, by one field. */
export const resourceQuestion = ({
  by,
  filter,
  orderBy,
  wantsCosts,
}: Omit<ResourceGroupArgs, 'first'>): CountQuestion | null => {
  const [only, ...others] = by;
  const { source: _, ...conditions } = filter ?? {};
  const isOfAll = Object.values(conditions).every((value) => value === null || value === undefined);
  const isPlain = others.length === 0 && isOfAll && !wantsCosts && orderBy?.field !== 'COST';
  return (isPlain && only && STATISTICS[only]) || null;
};

const known = (value: string | null): readonly string[] => (value === null ? [] : [value]);

const dimensionOf = (
  context: RequestContext,
  name: ResourceDimension,
  tag: string | null | undefined,
): Dimension<ResourceModel> => {
  switch (name) {
    case 'SERVICE':
      return { name, none: 'unknown', valuesOf: ({ service }) => [service] };
    case 'REGION':
      return { name, none: 'unknown', valuesOf: ({ region }) => known(region) };
    case 'STATE':
      return { name, none: 'unknown', valuesOf: ({ state }) => known(state) };
    case 'TAG':
      if (typeof tag !== 'string') throw new InputError('Expected "tag" to name the key to count by, got none.');
      return {
        name,
        none: 'without this tag',
        valuesOf: ({ tags }) => tags.filter(({ key }) => key === tag).map(({ value }) => value),
      };
    case 'ACCOUNT':
      return { name, ...accountDimension(context) };
  }
};

/** @throws InputError for an unknown source, an id that is no account's, or dimensions that cannot be counted by */
export const resourceGroups = async (
  context: RequestContext,
  place: FieldLocation,
  args: ResourceGroupArgs,
): Promise<GroupsModel> => {
  const { by, tag, filter, orderBy, first } = args;
  const question = resourceQuestion(args);
  const { sources, ask } = wantedResources(context, place, { filter, isCounted: true });
  return groupsOf(context, place, {
    sources,
    by: by.map((name) => dimensionOf(context, name, tag)),
    costOf: ({ costEstimateMonthly }) => costEstimateMonthly,
    orderBy,
    first,
    read: async (source) => {
      const { query, isCertain } = await ask(source);
      const held = filter?.cost ? null : resourcesToCount(context, source);
      const counted = question && !held ? await countedBySource(context, source, question) : null;
      if (counted) return counted;
      return { ...(await rowsToCount(context, resourcePages(context), source.name, query, held)), isCertain };
    },
  });
};

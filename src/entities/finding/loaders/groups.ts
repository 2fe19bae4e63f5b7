import { accountDimension } from '#entities/cloud-account/loaders.ts';
import { groupsOf } from '#entities/group/loaders/groups-of.ts';
import type { Dimension, GroupOrderModel, GroupsModel } from '#entities/group/model.ts';
import { everyResource, type ResourcesOfSource } from '#entities/resource/loaders/pages.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportShortfall } from '#loading/report-problem.ts';
import { countedBySource, rowsToCount } from '#loading/rows-to-count.ts';
import { findingsToCount } from '#loading/snapshot-to-count.ts';
import type { CountQuestion } from '#sources/cloud-client.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { FindingModel } from '../model.ts';
import { type FindingListFilter, wantedFindings } from './lists.ts';
import { findingPages } from './pages.ts';

/** What findings can be counted by; true where their resources have to be known for that. */
const FINDING_DIMENSIONS = {
  SEVERITY: false,
  STATUS: false,
  TYPE: false,
  ACCOUNT: false,
  RESOURCE_SERVICE: true,
  RESOURCE_REGION: true,
} as const;
export type FindingDimension = keyof typeof FINDING_DIMENSIONS;

export interface FindingGroupArgs {
  readonly by: readonly FindingDimension[];
  readonly filter?: FindingListFilter | null | undefined;
  readonly orderBy?: GroupOrderModel | null | undefined;
  readonly first: number;
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Which statistics of a source may answer: they count all of its findings by status, the open ones by severity or type. */
export const findingQuestion = ({ by, filter }: Pick<FindingGroupArgs, 'by' | 'filter'>): CountQuestion | null => {
  const [only, ...others] = by;
  const { source: _, status, ...conditions } = filter ?? {};
  if (others.length > 0 || !Object.values(conditions).every(isNothing)) return null;
  const isOpen = status?.length === 1 && status[0] === 'OPEN';
  if (only === 'STATUS' && isNothing(status)) return 'FINDINGS_BY_STATUS';
  if (only === 'SEVERITY' && isOpen) return 'OPEN_FINDINGS_BY_SEVERITY';
  return only === 'TYPE' && isOpen ? 'OPEN_FINDINGS_BY_TYPE' : null;
};

type Resources = ReadonlyMap<string, ResourcesOfSource>;

const ofResource =
  (resources: Resources, read: (resource: ResourceModel) => string | null) =>
  ({ source, resourceId }: FindingModel): readonly string[] => {
    const resource = resources.get(source)?.rows.get(resourceId ?? '');
    const value = resource ? read(resource) : null;
    return value === null ? [] : [value];
  };

const NO_RESOURCE = 'no known resource';

const dimensionOf = (
  context: RequestContext,
  name: FindingDimension,
  resources: Resources,
): Dimension<FindingModel> => {
  switch (name) {
    case 'SEVERITY':
      return { name, none: 'unknown', valuesOf: ({ severity }) => [severity] };
    case 'STATUS':
      return { name, none: 'unknown', valuesOf: ({ status }) => [status] };
    case 'TYPE':
      return { name, none: 'unknown', valuesOf: ({ findingType }) => [findingType] };
    case 'ACCOUNT':
      return { name, ...accountDimension(context) };
    case 'RESOURCE_SERVICE':
      return { name, none: NO_RESOURCE, valuesOf: ofResource(resources, ({ service }) => service) };
    case 'RESOURCE_REGION':
      return { name, none: NO_RESOURCE, valuesOf: ofResource(resources, ({ region }) => region) };
  }
};

/** @throws InputError for an unknown source, an id of another type, or dimensions that cannot be counted by */
export const findingGroups = async (
  context: RequestContext,
  place: FieldLocation,
  { by, filter, orderBy, first }: FindingGroupArgs,
): Promise<GroupsModel> => {
  const { sources, ask } = wantedFindings(context, place, { filter, isCounted: true });
  const question = findingQuestion({ by, filter });
  const resources = new Map<string, ResourcesOfSource>();
  const isByResource = by.some((name) => FINDING_DIMENSIONS[name]);
  const read = async (source: CloudSource) => {
    const { query, isCertain } = await ask(source);
    const held = findingsToCount(context, source);
    const counted = question && !held ? await countedBySource(context, source, question) : null;
    if (counted) return counted;
    const rows = await rowsToCount(context, findingPages(context), source.name, query, held);
    if (!isByResource) return { ...rows, isCertain };
    const known = await everyResource(context, source, true);
    resources.set(source.name, known);
    // What a filter by resources has reported is not reported again.
    if (isCertain) reportShortfall(context, place, source.name, known);
    return { ...rows, isCertain: known.invalid + known.missing === 0 };
  };
  return groupsOf(context, place, {
    sources,
    read,
    by: by.map((name) => dimensionOf(context, name, resources)),
    orderBy,
    first,
  });
};

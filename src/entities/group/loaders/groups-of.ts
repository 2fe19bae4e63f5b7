import { InputError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportProblem, reportShortfall } from '#loading/report-problem.ts';
import type { CountedBySource, CountedRows } from '#loading/rows-to-count.ts';
import { everySource } from '#loading/several-sources.ts';
import type { Source } from '#sources/source-set.ts';
import {
  type Dimension,
  GroupCounts,
  type GroupKeyModel,
  type GroupOrderModel,
  type GroupsModel,
  groupOrder,
  type RowGroup,
} from '../model.ts';

type GroupRows<T> = (CountedRows<T> | CountedBySource) & {
  /** False where something else that their groups follow from is not wholly known. */
  readonly isCertain?: boolean;
};

export interface GroupQuestion<S extends Pick<Source, 'name'>, T> {
  readonly sources: readonly S[];
  readonly read: (source: S) => Promise<GroupRows<T>>;
  readonly by: readonly Dimension<T>[];
  readonly costOf?: (row: T) => string | null;
  /** @default most rows first */
  readonly orderBy: GroupOrderModel | null | undefined;
  readonly first: number;
}

const NO_COST = () => null;
const MOST_FIRST: GroupOrderModel = { field: 'COUNT', direction: 'DESC' };

/**
 * Counts the rows of every source. A source that fails is left out and reported beside the data; when every one fails, the first
 * failure is thrown.
 * @throws InputError unless there are one or two dimensions
 */
export const groupsOf = async <S extends Pick<Source, 'name'>, T>(
  context: RequestContext,
  place: FieldLocation,
  { sources, read, by, costOf = NO_COST, orderBy, first }: GroupQuestion<S, T>,
): Promise<GroupsModel> => {
  const dimensions = checkedDimensions(by);
  const startedAt = new Date(context.clock.now()).toISOString();
  const readings = await everySource(context, place, sources, async (source) => [await read(source)]);
  for (const { source, ...short } of readings) reportShortfall(context, place, source, short);
  const counts = new GroupCounts(dimensions, costOf);
  for (const reading of readings) {
    if (reading.from === 'STATISTICS') counts.addCounts(reading.total, reading.counts);
    else counts.addRows(reading.rows);
  }
  const groups = counts.groups.toSorted(groupOrder(orderBy ?? MOST_FIRST));
  const shown = readings.map(({ source, asOf, from, invalid, missing }) => ({
    source,
    asOf,
    from,
    missing: invalid + missing,
  }));
  return {
    totalCount: counts.totalCount,
    groupCount: groups.length,
    groups: await named(context, place, groups.slice(0, first), by),
    ...counts.cost,
    asOf: oldestOf(shown.map(({ asOf }) => asOf)) ?? startedAt,
    complete: readings.length === sources.length && readings.every(isWhole),
    readings: shown,
  };
};

const oldestOf = (times: readonly string[]): string | null =>
  times.reduce<string | null>(
    (oldest, time) => (oldest === null || Date.parse(time) < Date.parse(oldest) ? time : oldest),
    null,
  );

const isWhole = ({ invalid, missing, isCertain }: GroupRows<unknown>): boolean =>
  invalid + missing === 0 && isCertain !== false;

const checkedDimensions = <T>(by: readonly Dimension<T>[]): readonly [Dimension<T>, Dimension<T>?] => {
  const [first, second, ...others] = by;
  if (!first || others.length > 0)
    throw new InputError(`Expected "by" to hold one or two dimensions, got ${by.length}.`);
  if (second?.name === first.name)
    throw new InputError(`Expected "by" to hold different dimensions, got ${first.name} twice.`);
  return second ? [first, second] : [first];
};

type Titles = ReadonlyMap<string, string>;
const NO_TITLES: Titles = new Map();

/** A title that cannot be read is reported; the value stands in for it. */
const named = async (
  context: RequestContext,
  place: FieldLocation,
  groups: readonly RowGroup[],
  by: readonly Dimension<never>[],
) => {
  const titles = await Promise.all(
    by.map(async ({ titlesOf }, at) => {
      const values = new Set(groups.map(({ values: of }) => of[at] ?? null).filter((value) => value !== null));
      return titlesOf?.([...values]).catch((error: unknown) => {
        reportProblem(context, place, error);
        return NO_TITLES;
      });
    }),
  );
  return groups.map(({ values, ...group }) => ({
    ...group,
    keys: by.map((dimension, at) => keyOf(dimension, values[at] ?? null, titles[at] ?? NO_TITLES)),
  }));
};

const keyOf = (
  { name, none, namesRecords = false }: Dimension<never>,
  value: string | null,
  titles: Titles,
): GroupKeyModel => ({
  dimension: name,
  value,
  label: value === null ? none : titles.get(value) || value || 'empty',
  id: namesRecords ? value : null,
});

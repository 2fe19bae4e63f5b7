import { FINDING_SEVERITIES, FINDING_STATUSES, type FindingStatsModel } from '#entities/finding/model.ts';
import type { CountModel, ResourceStatsModel } from '#entities/resource/model.ts';
import type { CountedValue, CountQuestion, ExactCounts } from '../cloud-client.ts';

/** Under this key the server counts rows without a value together with those whose value it is. */
const WITHOUT_VALUE = 'unknown';

const sumOf = (counts: readonly CountModel[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** Counts that do not add up are of something else than of all rows. */
const addingUp = (
  total: number,
  counts: readonly CountedValue[],
  reported: readonly CountModel[],
): ExactCounts | null => (sumOf(reported) === total ? { total, counts } : null);

const named = (counts: readonly CountModel[]): readonly CountedValue[] =>
  counts.map(({ key, count }) => ({ value: key, count }));

const countsByService = ({ total, byService }: ResourceStatsModel): ExactCounts | null =>
  addingUp(total, named(byService), byService);

/** @param values those that occur, as far as they are known: else rows without one cannot be recognized */
const countsByValue = (
  total: number,
  counts: readonly CountModel[],
  values: readonly string[] | null,
): ExactCounts | null => {
  const isMixed = counts.some(({ key }) => key === WITHOUT_VALUE) && (!values || values.includes(WITHOUT_VALUE));
  const toValue = (key: string) => (key === WITHOUT_VALUE ? null : key);
  return isMixed
    ? null
    : addingUp(
        total,
        counts.map(({ key, count }) => ({ value: toValue(key), count })),
        counts,
      );
};

/** In our words, of which several of the server's may be one. */
const inWords = (counts: readonly CountModel[], words: readonly string[]): readonly CountedValue[] => {
  const sums = new Map<string, number>();
  for (const { key, count } of counts) {
    const word = words.find((one) => one === key.toUpperCase()) ?? 'UNKNOWN';
    sums.set(word, (sums.get(word) ?? 0) + count);
  }
  return [...sums].map(([value, count]) => ({ value, count }));
};

const countsByStatus = ({ total, byStatus }: FindingStatsModel): ExactCounts | null =>
  addingUp(total, inWords(byStatus, FINDING_STATUSES), byStatus);

const openOf = ({ byStatus }: FindingStatsModel): number =>
  inWords(byStatus, FINDING_STATUSES).find(({ value }) => value === 'OPEN')?.count ?? 0;

/** One edition counts the severities and types of open findings only, another those of all: the sum shows which. */
const openBySeverity = (stats: FindingStatsModel): ExactCounts | null =>
  addingUp(openOf(stats), inWords(stats.bySeverity, FINDING_SEVERITIES), stats.bySeverity);

const openByType = (stats: FindingStatsModel): ExactCounts | null =>
  addingUp(openOf(stats), named(stats.byType), stats.byType);

/** What the server was asked; undefined where it was not. */
interface Statistics {
  readonly resources?: ResourceStatsModel | undefined;
  /** The regions that occur. */
  readonly regions?: readonly string[] | undefined;
  readonly findings?: FindingStatsModel | undefined;
}

type AskedStatistics = { readonly [Name in keyof Statistics]-?: () => Promise<NonNullable<Statistics[Name]>> };

/** Null where the statistics are not known, or do not count this exactly. */
export const knownCounts = (
  question: CountQuestion,
  { resources, regions, findings }: Statistics,
): ExactCounts | null => {
  switch (question) {
    case 'RESOURCES_BY_SERVICE':
      return resources ? countsByService(resources) : null;
    case 'RESOURCES_BY_REGION':
      return resources ? countsByValue(resources.total, resources.byRegion, regions ?? null) : null;
    case 'RESOURCES_BY_STATE':
      return resources ? countsByValue(resources.total, resources.byState, null) : null;
    case 'FINDINGS_BY_STATUS':
      return findings ? countsByStatus(findings) : null;
    case 'OPEN_FINDINGS_BY_SEVERITY':
      return findings ? openBySeverity(findings) : null;
    case 'OPEN_FINDINGS_BY_TYPE':
      return findings ? openByType(findings) : null;
  }
};

/** The same, asking for what the question needs. */
export const exactCounts = async (question: CountQuestion, ask: AskedStatistics): Promise<ExactCounts | null> => {
  if (question.includes('FINDINGS')) return knownCounts(question, { findings: await ask.findings() });
  const resources = await ask.resources();
  const known = knownCounts(question, { resources });
  if (known || question !== 'RESOURCES_BY_REGION') return known;
  return knownCounts(question, { resources, regions: await ask.regions() });
};

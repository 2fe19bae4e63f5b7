import type { TimeRange } from '#lib/ranges.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { indexedFindings } from '#loading/once-per-source.ts';
import { findingsToCount } from '#loading/snapshot-to-count.ts';
import { type FindingQuery, findingRules } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { FindingModel, FindingOrderModel, FindingSeverity, FindingStatus } from '../model.ts';

/** Reads the finding list of a source, at most once per request and page. */
export const findingPages = listReader<'CLOUD', FindingQuery, FindingModel>({
  side: 'CLOUD',
  rules: findingRules,
  support: ({ kind }) => kind.supports.findings,
  list: (client, query, scope) => client.findingList(query, scope),
  peek: (client, query, index) => client.peekFindingPage(query, index),
  size: (client) => client.sizes().findings,
  fromIndex: async (context, source) => indexedFindings(context, source),
});

export interface FindingsOfSource extends Shortfall {
  readonly rows: readonly FindingModel[];
}

/**
 * All findings of a source, for what follows from them of other records.
 * @param isCounted a count follows from them, which says of when it is: they may be as old as `findingsToCount` allows
 */
export const everyFinding = async (
  context: RequestContext,
  source: CloudSource,
  isCounted: boolean,
): Promise<FindingsOfSource> => {
  const held = isCounted ? findingsToCount(context, source) : null;
  if (held) return { rows: held.rows(), invalid: 0, missing: 0 };
  const pages = findingPages(context);
  const snapshot = await pages.fromIndex(source.name);
  return snapshot ? { rows: [...snapshot.values()], invalid: 0, missing: 0 } : pages.whole(source.name, {});
};

type Many<T> = readonly T[] | null | undefined;

export interface FindingFilterModel {
  readonly severity?: Many<FindingSeverity>;
  readonly status?: Many<FindingStatus>;
  readonly type?: Many<string>;
  readonly firstDetected?: TimeRange | null | undefined;
  readonly lastDetected?: TimeRange | null | undefined;
}

/** What rows alone show. */
export const findingQuery = (filter: FindingFilterModel, orderBy?: FindingOrderModel | null): FindingQuery => {
  const { severity, status, type, firstDetected, lastDetected } = filter;
  return {
    ...(severity && { severity }),
    ...(status && { status }),
    ...(type && { type }),
    ...(firstDetected && { firstDetected }),
    ...(lastDetected && { lastDetected }),
    ...(orderBy && { orderBy }),
  };
};

/** Whether a finding passes the filter. */
export const passes = (filter: FindingFilterModel): ((row: FindingModel) => boolean) =>
  findingRules.matches(findingQuery(filter));

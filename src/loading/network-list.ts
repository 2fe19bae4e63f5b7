import { concatLists, type ListPage, pagedList, type Shortfall, type SlicedList } from '#lib/sliced-list.ts';
import { SCANOPY_PAGE_SIZE } from '#sources/scanopy/paging.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { type FieldPlace, reportProblem } from './report-problem.ts';
import { reportShortfall } from './report-shortfall.ts';

/** Pages of several Scanopy servers as one list, in source order; a source that fails is left out and reported. */
export const networkList = <T extends { readonly id: string }>(
  context: RequestContext,
  place: FieldPlace,
  sources: readonly NetworkSource[],
  page: (source: NetworkSource, index: number) => Promise<ListPage<T>>,
): SlicedList<T> =>
  concatLists(
    sources.map((source) => {
      const tell = (short: Shortfall) => reportShortfall(context, place, source.name, short);
      return pagedList(SCANOPY_PAGE_SIZE, (index) => page(source, index), tell);
    }),
    (error) => reportProblem(context, place, error),
  );

export interface EveryRow<T> extends Shortfall {
  readonly rows: readonly T[];
}

/** All rows of a paged list of one source, and how many it lacks. */
export const everyRow = async <T extends { readonly id: string }>(
  page: (index: number) => Promise<ListPage<T>>,
): Promise<EveryRow<T>> => {
  const told: Shortfall[] = [];
  const list = pagedList(SCANOPY_PAGE_SIZE, page, (short) => told.push(short));
  const rows = await list.slice(0, await list.count());
  const sum = (count: keyof Shortfall) => told.reduce((n, short) => n + short[count], 0);
  return { rows: rows.filter((row) => row !== null), invalid: sum('invalid'), missing: sum('missing') };
};

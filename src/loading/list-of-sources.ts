import type { Compare } from '#lib/compare.ts';
import { concatLists, deferredList, type SlicedList } from '#lib/sliced-list.ts';
import type { Source } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { filteredList } from './filtered-list.ts';
import type { ListReader } from './list-reader.ts';
import { orderedList } from './ordered-list.ts';
import { type FieldLocation, reportProblem } from './report-problem.ts';
import { reportShortfall } from './report-shortfall.ts';

/**
 * The matching rows of several sources as one list: in source order, or in one order over all. A source that fails is left out and
 * reported.
 * @param queryOf what is asked of one source
 */
export const listOfSources = <S extends Pick<Source, 'name'>, Q extends object, T extends { readonly id: string }>(
  context: RequestContext,
  place: FieldLocation,
  reader: ListReader<Q, T>,
  sources: readonly S[],
  queryOf: (source: S) => Q | Promise<Q>,
  order: Compare<T> | null = null,
): SlicedList<T> => {
  const lists = sources.map((source) =>
    deferredList(async () =>
      filteredList({
        source: source.name,
        reader,
        query: await queryOf(source),
        onShortfall: (short) => reportShortfall(context, place, source.name, short),
      }),
    ),
  );
  const report = (error: unknown) => reportProblem(context, place, error);
  return order ? orderedList(lists, order, report) : concatLists(lists, report);
};

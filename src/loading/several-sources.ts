import type { Compare } from '#lib/compare.ts';
import { InputError } from '#lib/gateway-error.ts';
import { arrayList, concatLists, deferredList, type SlicedList } from '#lib/sliced-list.ts';
import type { Source } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { filteredList } from './filtered-list.ts';
import type { ListReader } from './list-reader.ts';
import { type FieldLocation, reportProblem, reportShortfall } from './report-problem.ts';

/**
 * The sources of `candidates` that can hold what a filter asks for: the one that it names, which must also be the source of every record
 * that it names. None if these differ.
 * @throws InputError when `name` is no source of the viewer.
 */
export const narrowSources = <S extends Pick<Source, 'name'>>(
  context: RequestContext,
  candidates: readonly S[],
  name: string | null | undefined,
  records: readonly ({ readonly source: string } | null)[] = [],
): readonly S[] => {
  if (typeof name === 'string' && !context.sources.byName(name)) {
    throw new InputError(
      `Expected "source" to be one of ${context.sources.all.map((source) => JSON.stringify(source.name)).join(', ')}, got ${JSON.stringify(name.slice(0, 80))}.`,
    );
  }
  const named = [name, ...records.map((record) => record?.source)].filter((one) => typeof one === 'string');
  return candidates.filter((source) => named.every((one) => one === source.name));
};

/**
 * Reads a small set from each source and joins them in source order. A source that fails is left out and reported beside the
 * data; when every one fails, the first failure is thrown.
 */
export const everySource = async <S extends Pick<Source, 'name'>, T>(
  context: RequestContext,
  place: FieldLocation,
  sources: readonly S[],
  read: (source: S) => Promise<readonly T[]>,
): Promise<T[]> => {
  const answers = await Promise.allSettled(sources.map(read));
  const failures = answers.filter((answer) => answer.status === 'rejected');
  if (failures.length > 0 && failures.length === answers.length) throw failures[0]?.reason;
  for (const { reason } of failures) reportProblem(context, place, reason);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};

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

/** Several lists as one, in one order over all of them: each is read whole. Failures are handled as in {@link concatLists}. */
const orderedList = <T>(
  lists: readonly SlicedList<T>[],
  compare: Compare<T>,
  onListFailed: (error: unknown) => void,
): SlicedList<T> =>
  arrayList(async () => {
    const rows = await concatLists(lists, onListFailed).slice(0, Number.MAX_SAFE_INTEGER);
    return rows.filter((row) => row !== null).toSorted(compare);
  });

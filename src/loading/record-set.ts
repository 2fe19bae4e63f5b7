import type DataLoader from 'dataloader';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, concatLists, type Shortfall, type SlicedList } from '#lib/sliced-list.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { SetReader } from '#sources/list-support.ts';
import type { SourceOf } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { oncePerSource } from './once-per-source.ts';
import { recordLoader } from './record-loader.ts';
import { type FieldLocation, reportProblem, reportShortfall, unshown } from './report-problem.ts';
import { everySource } from './several-sources.ts';

type Predicate<T> = (row: T) => boolean;
const any = () => true;

/** A small set of every source of one side: each is read whole, once per request and source, whatever is asked of it. */
export interface RecordSet<S extends SourceSide, T> {
  readonly side: S;
  /** By id; null when unknown, e.g. a dangling reference. An error when the upstream did not show all rows and this may be one of them. */
  readonly byId: (context: RequestContext) => DataLoader<RowRef, T | null, string>;
  /** The records with these ids of one source, in that order; unknown ids are left out. */
  readonly byIds: (context: RequestContext, source: string, ids: readonly string[]) => Promise<T[]>;
  /** All records of one source. */
  readonly all: (context: RequestContext, source: SourceOf<S>) => Promise<readonly T[]>;
  /** As a list of the given sources, in their order; a source that fails is left out and reported. */
  readonly list: (
    context: RequestContext,
    place: FieldLocation,
    sources: readonly SourceOf<S>[],
    matches?: Predicate<T>,
  ) => SlicedList<T>;
  readonly every: (
    context: RequestContext,
    place: FieldLocation,
    sources: readonly SourceOf<S>[],
    matches?: Predicate<T>,
  ) => Promise<T[]>;
}

/** @param name what the loader gives, e.g. `networkById` */
export const recordSet = <S extends SourceSide, T extends { readonly id: string }>(
  side: S,
  name: string,
  reader: (source: SourceOf<S>) => SetReader<T>,
): RecordSet<S, T> => {
  const whole = oncePerSource(async (source: SourceOf<S>, { scope }: RequestContext) => {
    let short: Shortfall = { invalid: 0, missing: 0 };
    const rows = await reader(source)(scope, (missed) => {
      short = missed;
    });
    return { rows, short };
  });
  const shown = async (context: RequestContext, place: FieldLocation, source: SourceOf<S>, matches: Predicate<T>) => {
    const { rows, short } = await whole(context, source);
    reportShortfall(context, place, source.name, short);
    return rows.filter(matches);
  };
  const byId = recordLoader<S, T | null>(
    name,
    side,
    async (source, ids, context) => {
      const { rows, short } = await whole(context, source);
      const unknown = short.missing > 0 ? ids.map((id) => [id, unshown(source.name, short.missing)] as const) : [];
      return new Map<string, T | Error>([...unknown, ...rows.map((row) => [row.id, row] as const)]);
    },
    () => null,
  );
  return {
    side,
    byId,
    byIds: async (context, source, ids) => {
      const rows = await Promise.all(ids.map((id) => byId(context).load({ source, id })));
      return rows.filter((row) => row !== null);
    },
    all: async (context, source) => (await whole(context, source)).rows,
    list: (context, place, sources, matches = any) =>
      concatLists(
        sources.map((source) => arrayList(() => shown(context, place, source, matches))),
        (error) => reportProblem(context, place, error),
      ),
    every: (context, place, sources, matches = any) =>
      everySource(context, place, sources, (source) => shown(context, place, source, matches)),
  };
};

import { differingFields } from '#entities/asset-version/loaders.ts';
import type { AssetRecord } from '#entities/dependency/model.ts';
import { checkedRoots, MAX_DEPTH, MAX_VERTICES, sourceOfWalk, within } from '#entities/graph/loaders.ts';
import { formerFields } from '#history/differences.ts';
import { valueOfAsset } from '#history/rows-of-snapshot.ts';
import { type Arrow, arrowKey, compareArrows } from '#inventory/graph/arrow.ts';
import { type AssetReader, assetRefOf, type GraphReader } from '#inventory/graph/open-graph.ts';
import { traverse } from '#inventory/graph/traverse.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import type { ArrowDifferenceModel, Difference, DifferencesModel, VertexDifferenceModel } from './model.ts';

export interface DiffArgs {
  readonly around: readonly string[];
  readonly depth?: number | null | undefined;
  readonly maxVertices?: number | null | undefined;
}

/** How records are read and named, whatever their types. */
export interface DiffReader {
  readonly assets: (context: RequestContext) => AssetReader;
  readonly titleOf: (asset: AssetRecord) => string;
}

/** One of the two moments. */
interface Side {
  readonly context: RequestContext;
  readonly graph: GraphReader;
}

/** What surrounds some vertices at either of two moments, as far as it is not alike at both. */
export const differencesAround = async (
  [before, after]: readonly [RequestContext, RequestContext],
  place: FieldLocation,
  reader: DiffReader,
  args: DiffArgs,
): Promise<DifferencesModel> => {
  const roots = checkedRoots(args.around);
  const depth = within('depth', args.depth, 0, MAX_DEPTH) ?? 1;
  const maxVertices = within('maxVertices', args.maxVertices, 1, MAX_VERTICES);
  const limits = maxVertices === null ? {} : { maxVertices, maxFanOut: maxVertices };
  const sides = await Promise.all(
    [before, after].map(async (context): Promise<Side> => {
      // Only forward: what is unread of a vertex are the relations that begin at it.
      return { context, graph: await sourceOfWalk(context, place, reader.assets(context), true) };
    }),
  );
  const walks = await Promise.all(sides.map(({ graph }) => traverse(roots, graph.arrowsOf, { depth, ...limits })));
  const ids = [...new Set(walks.flatMap(({ vertices }) => vertices.map(({ id }) => id)))].sort();
  const [former, later] = await Promise.all(sides.map((side) => momentOf(side, ids)));
  if (!former || !later) throw new Error('Expected two moments.');
  const frontier = [...new Set(walks.flatMap((walk) => walk.frontier))].sort();
  return {
    vertices: ids.flatMap((id) => vertexDifference(id, former, later, reader) ?? []),
    arrows: arrowDifferences(former, later),
    truncated: frontier.length > 0,
    frontier,
  };
};

/** What is known of some vertices at one moment. */
interface Moment extends Side {
  readonly arrows: ReadonlyMap<string, Arrow>;
  /** Vertices that have an arrow among these. */
  readonly named: ReadonlySet<string>;
  readonly unread: ReadonlySet<string>;
}

const momentOf = async ({ context, graph }: Side, ids: readonly string[]): Promise<Moment> => {
  const { arrows } = await traverse(ids, graph.arrowsOf, { depth: 0, maxVertices: Math.max(1, ids.length) });
  return {
    ...{ context, graph },
    arrows: new Map(arrows.map((arrow) => [arrowKey(arrow), arrow])),
    named: new Set(arrows.flatMap(({ from, to }) => [from, to])),
    unread: new Set(graph.unread()),
  };
};

const vertexDifference = (
  id: string,
  former: Moment,
  later: Moment,
  { titleOf }: DiffReader,
): VertexDifferenceModel | null => {
  const ref = assetRefOf(id);
  const target = later.graph.targetOf(id) ?? former.graph.targetOf(id);
  if (!ref) {
    const difference = differenceOf(former.named.has(id), later.named.has(id), true, true);
    return difference && { id, difference, title: target?.identifier ?? id, target, fields: [] };
  }
  const [before, after] = [former, later].map(({ context }) => context.sources.inventory.read().asset(ref));
  const title = after ? titleOf(after) : before ? titleOf(before) : ref.id;
  const shown = { id, title, target: null };
  const difference = differenceOf(Boolean(before), Boolean(after), hasRead(former, ref), hasRead(later, ref));
  if (difference) return { ...shown, difference, fields: [] };
  const fields = before && after ? changedFields(before, after) : [];
  return fields.length > 0 ? { ...shown, difference: 'CHANGED', fields } : null;
};

/** Null where it is there at both moments, or at none. What is not there at a moment at which it was not read, is unknown. */
const differenceOf = (
  wasThere: boolean,
  isThere: boolean,
  wasRead: boolean,
  isRead: boolean,
): Exclude<Difference, 'CHANGED'> | null => {
  if (wasThere === isThere) return null;
  if (isThere) return wasRead ? 'ADDED' : 'UNKNOWN';
  return isRead ? 'REMOVED' : 'UNKNOWN';
};

/** Whether all that the source of a record holds was read, so that what is missing was not there. */
const hasRead = ({ context }: Moment, { source }: RecordRef): boolean =>
  !context.sources.inventory.read().gaps.includes(source);

const changedFields = (before: AssetRecord, after: AssetRecord) => {
  const [former, later] = [valueOfAsset(before), valueOfAsset(after)];
  const differing = formerFields(former, later);
  return differing ? differingFields(after, { ...later, ...differing }, later) : [];
};

const arrowDifferences = (former: Moment, later: Moment): readonly ArrowDifferenceModel[] => {
  const keys = new Set([...former.arrows.keys(), ...later.arrows.keys()]);
  const differences = [...keys].flatMap((key): ArrowDifferenceModel[] => {
    const [before, after] = [former.arrows.get(key), later.arrows.get(key)];
    const arrow = after ?? before;
    if (!arrow) return [];
    const difference = differenceOf(
      Boolean(before),
      Boolean(after),
      hasReadArrow(former, arrow),
      hasReadArrow(later, arrow),
    );
    if (difference) return [{ difference, arrow }];
    return before?.confidence === after?.confidence ? [] : [{ difference: 'CHANGED', arrow }];
  });
  return differences.toSorted((a, b) => compareArrows(a.arrow, b.arrow));
};

const hasReadArrow = (moment: Moment, { from, to }: Arrow): boolean =>
  !moment.unread.has(from) &&
  [from, to].every((vertex) => {
    const ref = assetRefOf(vertex);
    return !ref || hasRead(moment, ref);
  });

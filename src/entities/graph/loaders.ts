import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import { impact as walkImpact } from '#inventory/graph/impact.ts';
import { type AssetReader, assetRefOf, type GraphReader, openGraph } from '#inventory/graph/open-graph.ts';
import { paths as findPaths } from '#inventory/graph/paths.ts';
import { type GraphDirection, traverse } from '#inventory/graph/traverse.ts';
import { InputError } from '#lib/gateway-error.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportProblem } from '#loading/report-problem.ts';
import type { GraphModel, GraphVertexModel, ImpactModel, PathModel } from './model.ts';

export const MAX_DEPTH = 10;
export const MAX_VERTICES = 5000;
export const MAX_ROOTS = 50;
export const MAX_PATHS = 50;

/** What a walk reads: the index, or what it does not have, from the sources. */
export const sourceOfWalk = async (
  context: RequestContext,
  place: FieldLocation,
  { withEdges: read }: AssetReader,
  isOnlyForward: boolean,
): Promise<GraphReader> =>
  openGraph({
    isOnlyForward,
    derived: await context.sources.inventory.derived(),
    read,
    report: (error) => reportProblem(context, place, error),
  });

export interface GraphArgs {
  readonly roots: readonly string[];
  readonly direction?: GraphDirection | null | undefined;
  readonly depth?: number | null | undefined;
  readonly maxVertices?: number | null | undefined;
  readonly kinds?: readonly DependencyKind[] | null | undefined;
  readonly minConfidence?: Confidence | null | undefined;
}

/** What surrounds the roots. */
export const loadGraph = async (
  context: RequestContext,
  place: FieldLocation,
  assets: AssetReader,
  args: GraphArgs,
): Promise<GraphModel> => {
  const roots = checkedRoots(args.roots);
  const depth = within('depth', args.depth, 0, MAX_DEPTH);
  const maxVertices = within('maxVertices', args.maxVertices, 1, MAX_VERTICES);
  const graph = await sourceOfWalk(context, place, assets, args.direction === 'DEPENDENCIES');
  const walked = await traverse(roots, graph.arrowsOf, {
    ...(args.direction && { direction: args.direction }),
    ...(depth !== null && { depth }),
    ...(maxVertices !== null && { maxVertices, maxFanOut: maxVertices }),
    ...(args.kinds && { kinds: args.kinds }),
    ...(args.minConfidence && { minConfidence: args.minConfidence }),
  });
  const frontier = [...new Set([...walked.frontier, ...graph.unread()])].sort();
  return {
    vertices: walked.vertices.map(({ id, depth: at }) => vertexOf(graph, id, at)),
    arrows: walked.arrows,
    truncated: frontier.length > 0,
    frontier,
  };
};

export interface ImpactArgs {
  readonly id: string;
  readonly depth?: number | null | undefined;
  readonly minConfidence?: Confidence | null | undefined;
}

/** What happens to everything else when the subject goes; null when there is no such asset. */
export const loadImpact = async (
  context: RequestContext,
  place: FieldLocation,
  assets: AssetReader,
  args: ImpactArgs,
): Promise<ImpactModel | null> => {
  const depth = within('depth', args.depth, 1, MAX_DEPTH);
  const { type } = decodeGlobalId(args.id);
  const subject = assetRefOf(args.id);
  if (!subject) throw new InputError(`Expected the id of a Resource, Host or Service, got the id of a ${type}.`);
  if (!(await assets.load(subject))) return null;
  const graph = await sourceOfWalk(context, place, assets, false);
  const report = await walkImpact(args.id, graph.arrowsOf, {
    ...(depth !== null && { depth }),
    ...(args.minConfidence && { minConfidence: args.minConfidence }),
  });
  const impacted = report.impacted.flatMap(({ id, ...harm }) => {
    const asset = assetRefOf(id);
    return asset ? [{ asset, ...harm }] : [];
  });
  return { subject, impacted, truncated: report.truncated || graph.unread().length > 0 };
};

export interface PathArgs {
  readonly from: string;
  readonly to: string;
  readonly maxDepth?: number | null | undefined;
  readonly limit?: number | null | undefined;
}

/** How two vertices are connected, shortest first. */
export const loadPaths = async (
  context: RequestContext,
  place: FieldLocation,
  assets: AssetReader,
  args: PathArgs,
): Promise<readonly PathModel[]> => {
  decodeGlobalId(args.from);
  decodeGlobalId(args.to);
  const maxDepth = within('maxDepth', args.maxDepth, 1, MAX_DEPTH);
  const limit = within('limit', args.limit, 1, MAX_PATHS);
  const graph = await sourceOfWalk(context, place, assets, false);
  const found = await findPaths(args.from, args.to, graph.arrowsOf, {
    ...(maxDepth !== null && { maxDepth }),
    ...(limit !== null && { limit }),
  });
  return found.map(({ vertices, arrows }) => ({ vertices: vertices.map((id, i) => vertexOf(graph, id, i)), arrows }));
};

const vertexOf = (graph: GraphReader, id: string, depth: number): GraphVertexModel => ({
  id,
  asset: assetRefOf(id),
  target: graph.targetOf(id),
  depth,
});

/** @throws InputError for too many, or what is no global id */
export const checkedRoots = (roots: readonly string[]): readonly string[] => {
  if (roots.length > MAX_ROOTS) throw new InputError(`Expected at most ${MAX_ROOTS} roots, got ${roots.length}.`);
  for (const root of roots) decodeGlobalId(root);
  return roots;
};

/** @throws InputError for a number out of its bounds */
export const within = (name: string, value: number | null | undefined, least: number, most: number): number | null => {
  if (value === null || value === undefined) return null;
  if (value >= least && value <= most) return value;
  throw new InputError(`Expected "${name}" to be between ${least} and ${most}, got ${value}.`);
};

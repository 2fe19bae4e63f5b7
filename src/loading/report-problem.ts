import { UpstreamError } from '#lib/gateway-error.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { FieldProblem, RequestContext } from './context.ts';

interface ResponsePath {
  readonly prev: ResponsePath | undefined;
  readonly key: string | number;
}

/** Where in the answer a field stands: a part of GraphQL's resolve info. */
export interface FieldLocation {
  readonly path: ResponsePath;
}

const steps = (path: ResponsePath | undefined): (string | number)[] => (path ? [...steps(path.prev), path.key] : []);

/** Adds an error to the answer beside the field's (incomplete) data. */
export const reportProblem = (context: RequestContext, place: FieldLocation, error: unknown): void => {
  context.problems.push({ error, path: steps(place.path) });
};

/** So many rows of a source are missing from an answer. */
class ShortfallError extends UpstreamError {
  readonly kind: keyof typeof SHORTFALLS;
  readonly count: number;

  constructor(source: string, kind: keyof typeof SHORTFALLS, count: number) {
    super('UPSTREAM_INVALID_RESPONSE', source, SHORTFALLS[kind](source, count), { [kind]: count });
    this.kind = kind;
    this.count = count;
  }
}

const SHORTFALLS = {
  dropped: (source: string, count: number) =>
    `The source "${source}" sent ${count} record(s) that could not be read; they are left out.`,
  missing: (source: string, count: number) =>
    `The source "${source}" counts ${count} more record(s) than it shows; they are left out.`,
} as const;

export const unshown = (source: string, missing: number): UpstreamError =>
  new ShortfallError(source, 'missing', missing);

/** The errors to report beside a list from which rows are missing. */
const shortfallErrors = (source: string, { invalid = 0, missing = 0 }: Partial<Shortfall>): UpstreamError[] => [
  ...(invalid > 0 ? [new ShortfallError(source, 'dropped', invalid)] : []),
  ...(missing > 0 ? [unshown(source, missing)] : []),
];

export const reportShortfall = (
  context: RequestContext,
  place: FieldLocation,
  source: string,
  short: Partial<Shortfall>,
): void => {
  for (const error of shortfallErrors(source, short)) reportProblem(context, place, error);
};

/** For rows that several fields of the answer are computed from: reported once, for the answer as a whole. */
export const reportShortfallOfAnswer = (context: RequestContext, source: string, short: Partial<Shortfall>): void => {
  for (const error of shortfallErrors(source, short)) context.problems.push({ error, path: [] });
};

/** Joins the shortfalls that several pages of one field report about one source into one problem with their sum; all others are kept. */
export const addUpShortfalls = (problems: readonly FieldProblem[]): readonly FieldProblem[] => {
  const sums = new Map<string, { readonly of: FieldProblem; readonly error: ShortfallError; count: number }>();
  const others: FieldProblem[] = [];
  for (const problem of problems) {
    const { error, path } = problem;
    if (!(error instanceof ShortfallError)) {
      others.push(problem);
      continue;
    }
    const key = JSON.stringify([path, error.source, error.kind]);
    const sum = sums.get(key) ?? { of: problem, error, count: 0 };
    sum.count += error.count;
    sums.set(key, sum);
  }
  return [
    ...others,
    ...[...sums.values()].map(({ of, error: { source, kind }, count }) => ({
      ...of,
      error: new ShortfallError(source, kind, count),
    })),
  ];
};

import { UpstreamError } from '#lib/gateway-error.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { FieldProblem, RequestContext } from './context.ts';
import { type FieldLocation, reportProblem } from './report-problem.ts';

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

const unreadable = (source: string, dropped: number): UpstreamError => new ShortfallError(source, 'dropped', dropped);

export const unshown = (source: string, missing: number): UpstreamError =>
  new ShortfallError(source, 'missing', missing);

/** What to say beside a list that rows are missing from; nothing where none is. */
const shortfallErrors = (source: string, { invalid = 0, missing = 0 }: Partial<Shortfall>): UpstreamError[] => [
  ...(invalid > 0 ? [unreadable(source, invalid)] : []),
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

/** For rows that several fields of the answer follow from: told once, of the answer as a whole. */
export const reportShortfallOfAnswer = (context: RequestContext, source: string, short: Partial<Shortfall>): void => {
  for (const error of shortfallErrors(source, short)) context.problems.push({ error, path: [] });
};

/** The same problems; what several pages of one field lack of one source is one problem, which counts all of it. */
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

import { UpstreamError } from '#lib/gateway-error.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { RequestContext } from './context.ts';
import { type FieldPlace, reportProblem } from './report-problem.ts';

export const unreadable = (source: string, dropped: number): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    source,
    `The source "${source}" sent ${dropped} record(s) that could not be read; they are left out.`,
    { dropped },
  );

export const unshown = (source: string, missing: number): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    source,
    `The source "${source}" counts ${missing} more record(s) than it shows; they are left out.`,
    { missing },
  );

/** What to say beside a list that rows are missing from; nothing where none is. */
export const shortfallErrors = (source: string, { invalid = 0, missing = 0 }: Partial<Shortfall>): UpstreamError[] => [
  ...(invalid > 0 ? [unreadable(source, invalid)] : []),
  ...(missing > 0 ? [unshown(source, missing)] : []),
];

export const reportShortfall = (
  context: RequestContext,
  place: FieldPlace,
  source: string,
  short: Partial<Shortfall>,
): void => {
  for (const error of shortfallErrors(source, short)) reportProblem(context, place, error);
};

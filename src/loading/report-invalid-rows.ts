import type { RequestContext } from './context.ts';
import { unreadable } from './filtered-list.ts';
import { type FieldPlace, reportProblem } from './report-problem.ts';

/** Says beside a list that rows are missing from it because they could not be read. */
export const reportInvalidRows = (
  context: RequestContext,
  place: FieldPlace,
  source: string,
  count: number | undefined,
): void => {
  if (count) reportProblem(context, place, unreadable(source, count));
};

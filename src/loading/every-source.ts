import type { Source } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { type FieldLocation, reportProblem } from './report-problem.ts';

/**
 * Reads a small set from each source and joins them in source order. A source that fails is left out and reported beside the
 * data; when every one fails, the first failure is thrown.
 */
export const everySource = async <S extends Pick<Source, 'name'>, T>(
  context: RequestContext,
  info: FieldLocation,
  sources: readonly S[],
  read: (source: S) => Promise<readonly T[]>,
): Promise<T[]> => {
  const answers = await Promise.allSettled(sources.map(read));
  const failures = answers.filter((answer) => answer.status === 'rejected');
  if (failures.length > 0 && failures.length === answers.length) throw failures[0]?.reason;
  for (const { reason } of failures) reportProblem(context, info, reason);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};

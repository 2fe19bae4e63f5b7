import { readSnapshots } from '#entities/correlation/loaders.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import type { ChangeModel } from './model.ts';

/** What changed in every source that was read twice, newest first; only what was noticed after `since`. */
export const recentChanges = (
  context: RequestContext,
  place: FieldLocation,
  since: string | null | undefined,
): readonly ChangeModel[] => {
  const { cloud, network } = readSnapshots(context, place);
  const after = since ? Date.parse(since) : Number.NEGATIVE_INFINITY;
  return [...cloud, ...network]
    .flatMap(({ changes }) => changes)
    .filter(({ noticedAt }) => Date.parse(noticedAt) > after)
    .sort((a, b) => Date.parse(b.noticedAt) - Date.parse(a.noticedAt));
};

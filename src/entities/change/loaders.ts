import { readSnapshots } from '#entities/correlation/loaders.ts';
import { decodeGlobalId, refKey } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import type { ChangeModel } from './model.ts';

interface Wanted {
  /** Only what was noticed after it. */
  readonly since?: string | null | undefined;
  /** Global id. */
  readonly asset?: string | null | undefined;
}

/** What changed in every source that was read twice, newest first. */
export const recentChanges = (
  context: RequestContext,
  place: FieldLocation,
  { since, asset }: Wanted,
): readonly ChangeModel[] => {
  const { cloud, network } = readSnapshots(context, place);
  const key = asset ? refKey(decodeGlobalId(asset)) : null;
  const after = since ? Date.parse(since) : Number.NEGATIVE_INFINITY;
  return [...cloud, ...network]
    .flatMap(({ changes }) => changes)
    .filter((change) => Date.parse(change.noticedAt) > after && (key === null || refKey(change) === key))
    .sort((a, b) => Date.parse(b.noticedAt) - Date.parse(a.noticedAt));
};

import type { Shortfall } from '#lib/sliced-list.ts';
import { oncePerSource } from '#loading/once-per-source.ts';
import { cloudToCount } from '#loading/snapshot-to-count.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';
import { resourcePages } from './lists.ts';

export interface ResourcesOfSource extends Shortfall {
  /** By their row ids. */
  readonly rows: ReadonlyMap<string, ResourceModel>;
}

/** All resources of a source, for what records that only name them need to know: from the index, else their whole list. */
export const everyResource = oncePerSource(async (source: CloudSource, context): Promise<ResourcesOfSource> => {
  const snapshot = await cloudToCount(context, source);
  if (snapshot && snapshot.missing.resources === 0) return { rows: snapshot.resources, invalid: 0, missing: 0 };
  const { rows, ...short } = await resourcePages(context).whole(source.name, {});
  return { ...short, rows: new Map(rows.map((row) => [row.id, row])) };
});

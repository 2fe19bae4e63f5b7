import type { Shortfall } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { currentSnapshot, oncePerSource } from '#loading/once-per-source.ts';
import { cloudToCount } from '#loading/snapshot-to-count.ts';
import { type ResourceQuery, resourceRules } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';

/** Reads the resource list of a source, at most once per request and page. */
export const resourcePages = listReader<'CLOUD', ResourceQuery, ResourceModel>({
  side: 'CLOUD',
  rules: resourceRules,
  support: ({ kind }) => kind.supports.resources,
  list: (client, query, scope) => client.resourceList(query, scope),
  peek: (client, query, index) => client.peekResourcePage(query, index),
  size: (client) => client.sizes().resources,
  fromIndex: async (context, source, { cost }) =>
    cost ? null : ((await currentSnapshot(context, source))?.resources ?? null),
});

export interface ResourcesOfSource extends Shortfall {
  /** By their row ids. */
  readonly rows: ReadonlyMap<string, ResourceModel>;
}

const currentResources = oncePerSource(async (source: CloudSource, context): Promise<ResourcesOfSource> => {
  const pages = resourcePages(context);
  const snapshot = await pages.fromIndex(source.name);
  if (snapshot) return { rows: snapshot, invalid: 0, missing: 0 };
  const { rows, ...short } = await pages.whole(source.name, {});
  return { ...short, rows: new Map(rows.map((row) => [row.id, row])) };
});

/**
 * All resources of a source, for what is reported of them by records that only name them.
 * @param isCounted a count follows from them, which says of when it is: they may be as old as `cloudToCount` allows
 */
export const everyResource = async (
  context: RequestContext,
  source: CloudSource,
  isCounted: boolean,
): Promise<ResourcesOfSource> => {
  const held = isCounted ? cloudToCount(context, source) : null;
  if (held && held.missing.resources === 0) return { rows: held.resources, invalid: 0, missing: 0 };
  return currentResources(context, source);
};

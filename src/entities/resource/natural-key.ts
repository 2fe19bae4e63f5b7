import type { RequestContext } from '#request/context.ts';
import { naturalKeyLoader } from '#request/natural-key-loader.ts';
import type { ScanOrbitSource } from '#sources/source-set.ts';
import { SCANORBIT_PAGE_SIZE } from '#upstreams/scanorbit/client.ts';
import { resourcePages } from './lists.ts';
import { identifierIn } from './loaders.ts';
import type { ResourceModel } from './model.ts';

/** Up to this many are asked for one by one without first looking at how long the list is. */
const FEW = 5;

/** An ARN that names its account. */
const NAMES_ITS_ACCOUNT = /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/;
/** An ARN, or an id that AWS made (`i-0123456789abcdef0`): nobody chose it, so nobody else has it. */
const MADE_BY_AWS = /^arn:|^[a-z]+(-[a-z]+)*-[0-9a-f]{8,}$/;

/**
 * A resource by its ARN or provider id, as the upstream gives it. Many are looked for in the pages of the whole list, when those
 * are fewer than the keys; few are asked for one by one. The upstream answers the latter with any one record, so bare names, which
 * several accounts may use, always take the list.
 */
export const resourceByResourceId = naturalKeyLoader({
  name: 'resourceId',
  sources: (context) => context.sources.scanorbit,
  find: async (context, source, keys) =>
    keys.every((key) => MADE_BY_AWS.test(key)) && !(await isListShorter(context, source, keys.length))
      ? oneByOne(context, source, keys)
      : inList(context, source, keys),
  provesItself: (key) => NAMES_ITS_ACCOUNT.test(key),
});

const isListShorter = async (context: RequestContext, { name }: ScanOrbitSource, keys: number): Promise<boolean> => {
  if (keys <= FEW) return false;
  const { total } = await resourcePages(context).page(name, {}, 0);
  return Math.ceil(total / SCANORBIT_PAGE_SIZE) <= keys;
};

type Found = ReadonlyMap<string, readonly ResourceModel[]>;

const oneByOne = async (context: RequestContext, source: ScanOrbitSource, keys: readonly string[]): Promise<Found> => {
  const rows = await Promise.all(keys.map((key) => identifierIn(context, source, key)));
  return Map.groupBy(
    rows.filter((row) => row !== null),
    (row) => row.resourceId,
  );
};

/** A key that an incomplete list does not show is asked for by itself. */
const inList = async (context: RequestContext, source: ScanOrbitSource, keys: readonly string[]): Promise<Found> => {
  const { rows, missing } = await resourcePages(context).whole(source.name, {});
  const found = Map.groupBy(rows, (row) => row.resourceId);
  if (missing === 0) return found;
  const hidden = keys.filter((key) => !found.has(key));
  return new Map([...found, ...(await oneByOne(context, source, hidden))]);
};

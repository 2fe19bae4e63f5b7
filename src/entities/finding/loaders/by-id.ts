import { toError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordLoader } from '#loading/record-loader.ts';
import type { FindingDetail } from '#sources/cloud-client.ts';
import type { FindingModel } from '../model.ts';
import { findingPages } from './lists.ts';

/** A finding with its certificate, by its row id; null when unknown. One call each. */
export const findingDetailById = recordLoader<'CLOUD', FindingDetail | null>(
  'findingDetailById',
  'CLOUD',
  async ({ client }, ids, context) => {
    const answers = await Promise.all(
      ids.map(async (id) => [id, await client.findingById(id, context.scope).catch(toError)] as const),
    );
    return new Map(answers);
  },
  () => null,
);

/** As a list of this request, the index, or a list that is still fresh tells it. */
const findingInLists = async (context: RequestContext, { source, id }: RowRef): Promise<FindingModel | undefined> => {
  if (context.sources.byName(source)?.side !== 'CLOUD') return undefined;
  const pages = findingPages(context);
  const known = pages.seen(source, id) ?? (await pages.fromIndex(source))?.get(id);
  if (known) return known;
  await pages.recall(source, {});
  return pages.seen(source, id);
};

/** A finding by its row id; null when unknown. One that a fresh list holds costs nothing. */
export const findingById = async (context: RequestContext, key: RowRef): Promise<FindingModel | null> =>
  (await findingInLists(context, key)) ??
  (await findingDetailById(context).load({ source: key.source, id: key.id }))?.finding ??
  null;

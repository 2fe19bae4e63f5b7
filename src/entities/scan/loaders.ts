import { toError } from '#lib/gateway-error.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { recordSet } from '#loading/record-set.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import type { ScanModel, ScanStatus } from './model.ts';

const activeScans = recordSet('CLOUD', 'activeScanById', ({ client }) => client.activeScans);
const recentScans = recordSet('CLOUD', 'recentScanById', ({ client }) => client.recentScans);

/**
 * Scans that run, and the newest 100 or so that ran: both lists overlap, and where they differ the list of active ones is the
 * fresher. Newest first.
 */
const joined = (active: readonly ScanModel[], recent: readonly ScanModel[]): readonly ScanModel[] => {
  const byId = new Map([...recent, ...active].map((scan) => [scan.id, scan]));
  return [...byId.values()].toSorted((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id));
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface ScanFilterModel {
  readonly accountId?: string | undefined;
  readonly status?: readonly ScanStatus[] | null | undefined;
}

/** The known scans of one source that pass the filter. */
export const scanList = (
  context: RequestContext,
  source: string,
  { accountId, status }: ScanFilterModel,
  place: FieldLocation,
): SlicedList<ScanModel> =>
  arrayList(async () => {
    const from = [context.sources.ofSide('CLOUD', source)];
    const [active, recent] = await Promise.all([
      activeScans.every(context, place, from),
      recentScans.every(context, place, from),
    ]);
    return joined(active, recent).filter(
      (scan) => (!accountId || scan.accountId === accountId) && (!status || status.includes(scan.status)),
    );
  });

/**
 * A scan by its row id, null when unknown. Asks the cheapest first: the recent scans, which are read for freshness anyway, then
 * the active ones, then one call for each that is left.
 */
export const scanById = recordLoader<'CLOUD', ScanModel | null>(
  'scanById',
  'CLOUD',
  async (source, ids, context) => {
    const found = new Map<string, ScanModel | null | Error>();
    const missing = (): readonly string[] => ids.filter((id) => !found.has(id));
    for (const scans of [recentScans, activeScans]) {
      if (missing().length === 0) break;
      for (const scan of await scans.all(context, source)) found.set(scan.id, scan);
    }
    await Promise.all(
      missing().map(async (id) => found.set(id, await source.client.scanById(id, context.scope).catch(toError))),
    );
    return found;
  },
  () => null,
);

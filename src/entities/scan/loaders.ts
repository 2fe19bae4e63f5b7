import { toError } from '#lib/gateway-error.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import { cloudSource } from '#loading/cloud-sources.ts';
import type { RequestContext } from '#loading/context.ts';
import { perRequest } from '#loading/per-request.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import { unreadable } from '#loading/report-shortfall.ts';
import { droppedRows } from '#sources/scanorbit/rows.ts';
import type { ScanModel, ScanStatus } from './model.ts';

type Read = (context: RequestContext, source: string) => Promise<readonly ScanModel[]>;

/** One call per source and request, however many ask. */
const oncePerSource = (read: Read): Read => {
  const bySource = perRequest(() => new Map<string, Promise<readonly ScanModel[]>>());
  return (context, source) => {
    const known = bySource(context).get(source) ?? read(context, source);
    bySource(context).set(source, known);
    return known;
  };
};

const activeScans = oncePerSource((context, source) => cloudSource(context, source).client.activeScans(context.scope));
const recentScans = oncePerSource((context, source) => cloudSource(context, source).client.recentScans(context.scope));

/**
 * Scans that run, and the newest 100 or so that ran: both lists overlap, and where they differ the list of active ones is the
 * fresher. Newest first.
 */
const knownScans = async (context: RequestContext, source: string): Promise<readonly ScanModel[]> => {
  const [active, recent] = await Promise.all([activeScans(context, source), recentScans(context, source)]);
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
  place: FieldPlace,
): SlicedList<ScanModel> =>
  arrayList(async () => {
    const scans = await knownScans(context, source);
    const dropped = droppedRows(await activeScans(context, source)) + droppedRows(await recentScans(context, source));
    if (dropped > 0) reportProblem(context, place, unreadable(source, dropped));
    return scans.filter(
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
  async ({ name, client }, ids, context) => {
    const found = new Map<string, ScanModel | null | Error>();
    const missing = (): readonly string[] => ids.filter((id) => !found.has(id));
    for (const scans of [recentScans, activeScans]) {
      if (missing().length === 0) break;
      for (const scan of await scans(context, name)) found.set(scan.id, scan);
    }
    await Promise.all(
      missing().map(async (id) => found.set(id, await client.scanById(id, context.scope).catch(toError))),
    );
    return found;
  },
  () => null,
);

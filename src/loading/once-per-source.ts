import { findingsGoodUntil, hasFreshFindings, isCurrent, resourcesGoodUntil } from '#inventory/snapshot/is-current.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { CloudSource, Source } from '#sources/source-set.ts';
import { perRequest, type RequestContext } from './context.ts';

/** Something of a source that a request reads at most once, however many fields need it. */
export const oncePerSource = <S extends Pick<Source, 'name'>, T>(
  read: (source: S, context: RequestContext) => T,
): ((context: RequestContext, source: S) => T) => {
  const ofRequest = perRequest(() => new Map<string, T>());
  return (context, source) => getOrMake(ofRequest(context), source.name, () => read(source, context));
};

const decided = perRequest(() => new Map<string, CloudSnapshot | null>());

/** What {@link currentSnapshot} has decided by now; undefined while that is not known. */
export const decidedSnapshot = (context: RequestContext, source: string): CloudSnapshot | null | undefined =>
  decided(context).get(source);

/**
 * The index's snapshot of a source if it is complete and the source has not changed since, else null. To find out, the newest scans are
 * requested (usually from the cache); an index that is behind is refreshed. Decided once per request, so that an answer shows one state.
 */
export const currentSnapshot = oncePerSource(async (source: CloudSource, context): Promise<CloudSnapshot | null> => {
  const snapshot = await readCurrent(source, context);
  decided(context).set(source.name, snapshot);
  return snapshot;
});

const readCurrent = async (
  { index, client }: CloudSource,
  { scope, clock }: RequestContext,
): Promise<CloudSnapshot | null> => {
  const snapshot = scope.bypassCache ? null : index?.snapshot();
  if (!snapshot || snapshot.missing.resources > 0) return null;
  const scans = await client.recentScans(scope).catch(() => null);
  if (!scans) return null;
  if (isCurrent(snapshot, scans, clock.now())) {
    scope.ledger.countRead(resourcesGoodUntil(snapshot));
    return snapshot;
  }
  index?.refresh();
  return null;
};

/** The same for its findings, which people change at any time: a caller may say that older ones will do. */
const snapshotOfFindings = oncePerSource(({ index }: CloudSource, { scope, clock }): CloudSnapshot | null => {
  const snapshot = scope.bypassCache ? null : index?.snapshot();
  if (!snapshot || snapshot.missing.findings > 0) return null;
  return hasFreshFindings(snapshot, clock.now() - (scope.maxStaleMs ?? 0)) ? snapshot : null;
});

export const hasIndexedFindings = (context: RequestContext, source: CloudSource): boolean =>
  snapshotOfFindings(context, source) !== null;

export const indexedFindings = (context: RequestContext, source: CloudSource): CloudSnapshot['findings'] | null => {
  const snapshot = snapshotOfFindings(context, source);
  if (!snapshot) return null;
  const { ledger } = context.scope;
  const now = context.clock.now();
  if (hasFreshFindings(snapshot, now)) ledger.countRead(findingsGoodUntil(snapshot));
  else ledger.countStale(now - Date.parse(snapshot.findingsReadAt));
  return snapshot.findings;
};

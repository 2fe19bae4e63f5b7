import type { ScanModel } from '#entities/scan/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { CloudSnapshot } from './snapshot.ts';

/** Age from which a reading of resources is not relied on, whatever the scans say: tags are edited by hand. */
export const RESOURCES_GOOD_FOR_MS = 60 * 60_000;
/** People resolve, snooze and ignore findings by hand. */
export const FINDINGS_GOOD_FOR_MS = 30_000;

type ReadAfter = Pick<CloudSnapshot, 'scans' | 'readAt' | 'accountReadAt'>;

/** Whether the snapshot's resources and edges are what the source holds: no scan of `scans` ended since, and the reading of no account is too old. */
export const isCurrent = (snapshot: ReadAfter, scans: readonly ScanModel[], now: number = Date.now()): boolean => {
  const version = scanVersion(snapshot.scans);
  return version !== null && version === scanVersion(scans) && now < resourcesGoodUntil(snapshot);
};

/** Epoch milliseconds from which the reading of some account is too old. */
export const resourcesGoodUntil = (snapshot: Readings): number =>
  Date.parse(oldestReadingOf(snapshot)) + RESOURCES_GOOD_FOR_MS;

type Readings = Pick<ReadAfter, 'readAt' | 'accountReadAt'>;

/** RFC 3339: when those of its resources were read that were read first. */
export const oldestReadingOf = (snapshot: Readings): string =>
  getOrMake(oldest, snapshot, () => oldestOf([snapshot.readAt, ...snapshot.accountReadAt.values()]));

/** Asked for by every operation; a snapshot is never changed. */
const oldest = new WeakMap<Readings, string>();

const oldestOf = (times: readonly string[]): string =>
  times.reduce((first, at) => (Date.parse(at) < Date.parse(first) ? at : first));

export const hasFreshFindings = (snapshot: Pick<CloudSnapshot, 'findingsReadAt'>, now: number = Date.now()): boolean =>
  now < findingsGoodUntil(snapshot);

export const findingsGoodUntil = ({ findingsReadAt }: Pick<CloudSnapshot, 'findingsReadAt'>): number =>
  Date.parse(findingsReadAt) + FINDINGS_GOOD_FOR_MS;

const isCompleted = (scan: ScanModel): scan is ScanModel & { completedAt: string } =>
  (scan.status === 'COMPLETE' || scan.status === 'PARTIAL') && scan.completedAt !== null;

/** A record that scans of its account see, or do not see any more. */
interface Sighted {
  readonly accountId: string;
  readonly lastSeenAt: string;
}

/**
 * Whether the last completed scan of its account began after something was last seen: it may be gone. Null where no completed
 * scan of the account is known.
 */
export const isStaleAfter = (scans: readonly ScanModel[]): ((row: Sighted) => boolean | null) => {
  const newest = new Map<string, ScanModel & { completedAt: string }>();
  for (const scan of scans.filter(isCompleted)) {
    const known = scan.accountId === null ? undefined : newest.get(scan.accountId);
    if (scan.accountId !== null && (!known || known.completedAt < scan.completedAt)) newest.set(scan.accountId, scan);
  }
  return ({ accountId, lastSeenAt }) => {
    const startedAt = newest.get(accountId)?.startedAt;
    return startedAt ? Date.parse(lastSeenAt) < Date.parse(startedAt) : null;
  };
};

/** Rows are written while a scan runs, so one that ended early may have changed some. It need not say when it ended. */
const endedEarly: ReadonlySet<ScanModel['status']> = new Set(['ERROR', 'CANCELED']);

/**
 * Names the state that ended scans have left behind: of one account, or of all of them. A scan whose second phase completes
 * counts again, and so does one that failed meanwhile.
 * @returns null when no ended scan is known.
 */
export const scanVersion = (scans: readonly ScanModel[], accountId?: string): string | null => {
  const known = getOrMake(versions, scans, () => new Map<string | undefined, string | null>());
  const version = known.get(accountId);
  if (version !== undefined) return version;
  const made = versionOf(scans, accountId);
  known.set(accountId, made);
  return made;
};

/** Every answer is held against the version: it is made once for each answer that lists scans. */
const versions = new WeakMap<readonly ScanModel[], Map<string | undefined, string | null>>();

const versionOf = (scans: readonly ScanModel[], accountId: string | undefined): string | null => {
  const newest = new Map<string, string>();
  for (const scan of scans) {
    if (!scan.accountId || (accountId !== undefined && scan.accountId !== accountId)) continue;
    if (!isCompleted(scan) && !endedEarly.has(scan.status)) continue;
    const key = isCompleted(scan) ? scan.accountId : `${scan.accountId} ended early`;
    const state = `${scan.completedAt ?? scan.createdAt} ${scan.id}`;
    if (state > (newest.get(key) ?? '')) newest.set(key, state);
  }
  const states = [...newest].map(([key, state]) => `${key}=${state}`).sort();
  return states.length === 0 ? null : states.join(';');
};

import type { ScanModel } from '#entities/scan/model.ts';

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

import type { ScanModel } from '#entities/scan/model.ts';
import { scanVersion } from './ended-scans.ts';
import type { CloudSnapshot } from './snapshot.ts';

/** Age from which a reading of resources is not relied on, whatever the scans say: tags are edited by hand. */
export const RESOURCES_GOOD_FOR_MS = 60 * 60_000;
/** People resolve, snooze and ignore findings by hand. */
export const FINDINGS_GOOD_FOR_MS = 30_000;

type ReadAfter = Pick<CloudSnapshot, 'scans' | 'readAt' | 'accountReadAt'>;

/** Whether the snapshot's resources and edges are what the source holds: no scan of `scans` ended since, and the reading of no account is too old. */
export const isCurrent = (snapshot: ReadAfter, scans: readonly ScanModel[], now: number = Date.now()): boolean => {
  const version = scanVersion(snapshot.scans);
  return version !== null && version === scanVersion(scans) && now - oldestReadingOf(snapshot) < RESOURCES_GOOD_FOR_MS;
};

const oldestReadingOf = ({ readAt, accountReadAt }: ReadAfter): number =>
  [readAt, ...accountReadAt.values()].reduce(
    (oldest, at) => Math.min(oldest, Date.parse(at)),
    Number.POSITIVE_INFINITY,
  );

export const hasFreshFindings = (snapshot: Pick<CloudSnapshot, 'findingsReadAt'>, now: number = Date.now()): boolean =>
  now - Date.parse(snapshot.findingsReadAt) < FINDINGS_GOOD_FOR_MS;

import type { ScanModel } from '#entities/scan/model.ts';
import { scanVersion } from './ended-scans.ts';
import type { CloudPicture } from './picture.ts';

/** Age from which a reading of resources is not relied on, whatever the scans say: tags are edited by hand. */
export const RESOURCES_GOOD_FOR_MS = 60 * 60_000;
/** People resolve, snooze and ignore findings by hand. */
export const FINDINGS_GOOD_FOR_MS = 30_000;

type ReadAfter = Pick<CloudPicture, 'scans' | 'readAt' | 'accountReadAt'>;

/** Whether the picture's resources and edges are what the source holds: no scan of `scans` ended since, and the reading of no account is too old. */
export const isCurrent = (picture: ReadAfter, scans: readonly ScanModel[], now: number = Date.now()): boolean => {
  const version = scanVersion(picture.scans);
  return version !== null && version === scanVersion(scans) && now - oldestReadingOf(picture) < RESOURCES_GOOD_FOR_MS;
};

const oldestReadingOf = ({ readAt, accountReadAt }: ReadAfter): number =>
  [readAt, ...accountReadAt.values()].reduce(
    (oldest, at) => Math.min(oldest, Date.parse(at)),
    Number.POSITIVE_INFINITY,
  );

export const hasFreshFindings = (picture: Pick<CloudPicture, 'findingsReadAt'>, now: number = Date.now()): boolean =>
  now - Date.parse(picture.findingsReadAt) < FINDINGS_GOOD_FOR_MS;

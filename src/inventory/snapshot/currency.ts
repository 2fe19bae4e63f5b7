import type { ScanModel } from '#entities/scan/model.ts';
import { FINDINGS, RESOURCE_CEILING_MS, scanVersion } from '#sources/scanorbit/freshness.ts';
import type { CloudPicture } from './picture.ts';

type ReadAfter = Pick<CloudPicture, 'scans' | 'readAt' | 'accountReadAt'>;

/** Whether the picture's resources and edges are what the source holds: no scan of `scans` ended since, and the reading of no account is too old. */
export const isCurrent = (picture: ReadAfter, scans: readonly ScanModel[], now: number = Date.now()): boolean => {
  const version = scanVersion(picture.scans);
  return version !== null && version === scanVersion(scans) && now - oldestReadingOf(picture) < RESOURCE_CEILING_MS;
};

const oldestReadingOf = ({ readAt, accountReadAt }: ReadAfter): number =>
  [readAt, ...accountReadAt.values()].reduce(
    (oldest, at) => Math.min(oldest, Date.parse(at)),
    Number.POSITIVE_INFINITY,
  );

/** People change findings by hand: a picture of them is good for seconds. */
export const hasFreshFindings = (picture: Pick<CloudPicture, 'findingsReadAt'>, now: number = Date.now()): boolean =>
  now - Date.parse(picture.findingsReadAt) < FINDINGS.freshMs;

import type { ScanModel } from '#entities/scan/model.ts';
import { FINDINGS, scanVersion, untilNextScan } from '#sources/scanorbit/freshness.ts';
import type { CloudPicture } from './picture.ts';

type ReadAfter = Pick<CloudPicture, 'scans' | 'readAt'>;

const ceilingMs = untilNextScan({ version: async () => null, knownVersion: () => null }).freshMs;

/** Whether the picture's resources and edges are what the source holds: no scan of `scans` completed since, and it is not too old. */
export const isCurrent = (picture: ReadAfter, scans: readonly ScanModel[], now: number = Date.now()): boolean => {
  const version = scanVersion(picture.scans);
  return version !== null && version === scanVersion(scans) && now - Date.parse(picture.readAt) < ceilingMs;
};

/** People change findings by hand: a picture of them is good for seconds. */
export const hasFreshFindings = (picture: Pick<CloudPicture, 'findingsReadAt'>, now: number = Date.now()): boolean =>
  now - Date.parse(picture.findingsReadAt) < FINDINGS.freshMs;

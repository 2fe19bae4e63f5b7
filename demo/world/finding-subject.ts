import type { WorldCertificate, WorldFinding, WorldResource, WorldScan } from './cloud-world.ts';

export interface FindingsInput {
  readonly seed: number;
  readonly now: number;
  readonly resources: readonly WorldResource[];
  readonly certificates: readonly WorldCertificate[];
  readonly scans: readonly WorldScan[];
  readonly count: number;
}

/** What differs from one finding to the next; the rest is its life. */
export type FindingSubject = Pick<
  WorldFinding,
  'accountId' | 'resourceId' | 'certificateId' | 'type' | 'severity' | 'summary' | 'details'
>;

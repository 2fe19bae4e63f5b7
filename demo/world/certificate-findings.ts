import type { WorldCertificate, WorldFinding, WorldResource, WorldScan } from './cloud-world.ts';
import { DAY } from './time.ts';

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

const VISIBLE_DAYS = 60;

/**
 * One finding for every certificate that ends within sixty days. One names an `acm` resource beside its certificate,
 * in the style of the published sample.
 */
export function certificateFindings({ certificates, resources, now }: FindingsInput): readonly FindingSubject[] {
  const listed = resources.filter((row) => row.service === 'acm');
  return certificates
    .filter((certificate) => daysLeftOf(certificate, now) < VISIBLE_DAYS)
    .map((certificate) => {
      const days = daysLeftOf(certificate, now);
      const sample = listed.find((row) => row.name === certificate.primaryDomain);
      return {
        accountId: certificate.accountId,
        resourceId: sample?.id ?? null,
        certificateId: certificate.id,
        type: 'ssl_expiry',
        severity: days < 7 ? 'critical' : days < 30 ? 'medium' : 'low',
        summary: `Certificate of ${certificate.primaryDomain ?? 'an unknown name'} ends in ${days} days`,
        details:
          sample !== undefined
            ? { daysUntilExpiry: days, domain: certificate.primaryDomain }
            : detailsOf(certificate, days),
      };
    });
}

function daysLeftOf(certificate: WorldCertificate, now: number): number {
  return Math.floor((Date.parse(certificate.notAfter ?? '0001-01-01T00:00:00.000Z') - now) / DAY);
}

function detailsOf(certificate: WorldCertificate, daysLeft: number): Readonly<Record<string, unknown>> {
  return {
    domain: certificate.primaryDomain ?? '',
    alt_names: certificate.altNames,
    expires_at: certificate.notAfter,
    days_left: daysLeft,
    issuer: certificate.issuer,
    source: certificate.source,
    identifier: certificate.identifier,
    algorithm: certificate.algorithm,
    action: certificate.source === 'acm' ? 'Renew in ACM' : 'Renew at the issuer',
  };
}

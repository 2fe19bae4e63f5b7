import type { CertificateModel } from '#entities/certificate/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Certificates as far as the details of findings tell: names, issuer and expiry. The upstream has no list of certificates, and
 * only those with less than 60 days left have a finding.
 */
export const certificatesOf = (findings: Iterable<FindingModel>): CertificateModel[] => {
  const byId = new Map<string, CertificateModel>();
  for (const { source, certificateId, details, lastDetectedAt } of findings) {
    if (!certificateId || !details || byId.has(certificateId)) continue;
    byId.set(certificateId, {
      type: 'Certificate',
      source,
      id: certificateId,
      primaryDomain: text(details.domain),
      altNames: texts(details.alt_names ?? details.altNames),
      notBefore: null,
      notAfter: text(details.expires_at ?? details.expiresAt),
      issuer: text(details.issuer),
      algorithm: text(details.algorithm),
      origin: text(details.source),
      lastSeenAt: lastDetectedAt,
    });
  }
  return [...byId.values()];
};

import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Certificates as far as the details of findings name them. The upstream has no list of certificates, and only those with less
 * than 60 days left have a finding.
 */
export const certificatesOf = (findings: Iterable<FindingModel>): NamedCertificate[] => {
  const byId = new Map<string, NamedCertificate>();
  for (const { source, certificateId, details, id: findingId } of findings) {
    if (!certificateId || !details || byId.has(certificateId)) continue;
    byId.set(certificateId, {
      type: 'Certificate',
      source,
      id: certificateId,
      findingId,
      primaryDomain: text(details.domain),
      altNames: texts(details.alt_names ?? details.altNames),
    });
  }
  return [...byId.values()];
};

import type { RecordRef } from '#lib/record-ref.ts';

/** A certificate by the names it covers: enough to find it, not to show it. */
export interface CertificateNames extends RecordRef<'Certificate'> {
  readonly primaryDomain: string | null;
  readonly altNames: readonly string[];
}

/** As the details of a finding about it name it. Its own row is shown by that finding only, when that is asked for by itself. */
export interface NamedCertificate extends CertificateNames {
  readonly findingId: string;
}

/** A TLS certificate; the upstream shows it only inside a finding about it. */
export interface CertificateModel extends CertificateNames {
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly issuer: string | null;
  readonly algorithm: string | null;
  /** Where the upstream learned of it: `acm` or `endpoint_scan`. */
  readonly origin: string | null;
  readonly lastSeenAt: string | null;
}

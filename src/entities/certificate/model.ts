import type { RecordRef } from '#lib/record-ref.ts';

/** A TLS certificate; the upstream shows it only inside a finding about it. */
export interface CertificateModel extends RecordRef<'Certificate'> {
  readonly primaryDomain: string | null;
  readonly altNames: readonly string[];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly issuer: string | null;
  readonly algorithm: string | null;
  /** Where the upstream learned of it: `acm` or `endpoint_scan`. */
  readonly origin: string | null;
  readonly lastSeenAt: string | null;
}

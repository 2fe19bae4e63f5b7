import { builder } from '#graphql/builder.ts';
import type { CertificateModel } from './model.ts';

export const Certificate = builder.objectRef<CertificateModel>('Certificate');

/** Fields of a certificate that every reference to it already knows. */
export const CERTIFICATE_REFERENCE_FIELDS: ReadonlySet<string> = new Set(['id', 'sourceId']);

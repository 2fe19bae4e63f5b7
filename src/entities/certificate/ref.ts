import { builder } from '#graphql/builder.ts';
import type { CertificateModel } from './model.ts';

export const Certificate = builder.objectRef<CertificateModel>('Certificate');

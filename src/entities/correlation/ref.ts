import { builder } from '#graphql/builder.ts';
import type {
  CertificateUseModel,
  CorrelationModel,
  CorrelationReportModel,
  EvidenceModel,
  InactiveRuleModel,
  UnmatchedModel,
} from './model.ts';

export const Correlation = builder.objectRef<CorrelationModel>('Correlation');
export const Evidence = builder.objectRef<EvidenceModel>('Evidence');
export const Unmatched = builder.objectRef<UnmatchedModel>('Unmatched');

export const CertificateUse = builder.objectRef<CertificateUseModel>('CertificateUse');
export const CorrelationReport = builder.objectRef<CorrelationReportModel>('CorrelationReport');
export const InactiveRule = builder.objectRef<InactiveRuleModel>('InactiveRule');

export const InventorySide = builder.enumType('InventorySide', {
  description: 'One of the two sides of the graph.',
  values: {
    CLOUD: { description: 'Cloud resources (ScanOrbit).' },
    NETWORK: { description: 'Hosts on networks (Scanopy).' },
  } as const,
});

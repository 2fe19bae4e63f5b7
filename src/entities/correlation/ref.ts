import { builder } from '#graphql/builder.ts';
import type { CorrelationModel, EvidenceModel, UnmatchedModel } from './model.ts';

export const Correlation = builder.objectRef<CorrelationModel>('Correlation');
export const Evidence = builder.objectRef<EvidenceModel>('Evidence');
export const Unmatched = builder.objectRef<UnmatchedModel>('Unmatched');

export const InventorySide = builder.enumType('InventorySide', {
  description: 'One of the two worlds of the graph.',
  values: {
    CLOUD: { description: 'Cloud resources (ScanOrbit).' },
    NETWORK: { description: 'Hosts on networks (Scanopy).' },
  } as const,
});

import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { PastReadingModel, READING_PARTS, ReadingPartModel } from './model.ts';

export const PastReading = builder.objectRef<PastReadingModel>('PastReading');
export const PastReadingConnection = connectionType('PastReading', PastReading);
export const ReadingPart = builder.objectRef<ReadingPartModel>('ReadingPart');

export const ReadingPartKind = builder.enumType('ReadingPartKind', {
  description: 'What a part of a reading consists of.',
  values: {
    ACCOUNT: { description: 'The resources of one AWS account.' },
    NETWORK: { description: 'The hosts and services of one network.' },
    FINDINGS: { description: 'The findings of all accounts.' },
    RELATIONS: { description: 'The relations of all resources.' },
    DEPENDENCIES: { description: 'The declared relations between services.' },
    LISTS: { description: 'Accounts and scans; networks, subnets, tags, VLANs, daemons and discoveries.' },
  } satisfies Record<(typeof READING_PARTS)[number], { description: string }>,
});

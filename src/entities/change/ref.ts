import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { ChangeModel, FieldChangeModel } from './model.ts';

export const Change = builder.objectRef<ChangeModel>('Change');
export const ChangeConnection = connectionType('Change', Change);
export const FieldChange = builder.objectRef<FieldChangeModel>('FieldChange');

export const ChangedType = builder.enumType('ChangedType', {
  description: 'What kind of record changed.',
  values: {
    RESOURCE: { value: 'Resource', description: 'Cloud resources.' },
    HOST: { value: 'Host', description: 'Hosts.' },
    SERVICE: { value: 'Service', description: 'Services; only where a history is kept.' },
    FINDING: {
      value: 'Finding',
      description: 'Findings; only where a history is kept, and only if they are asked for.',
    },
  } as const,
});

export const ChangeKind = builder.enumType('ChangeKind', {
  description: 'What happened to a record between two readings.',
  values: {
    ADDED: { description: 'It was not there before.' },
    REMOVED: { description: 'It is no longer listed.' },
    CHANGED: { description: 'Some of its properties differ.' },
    REOPENED: { description: 'A finding that was resolved is open again: a scan has detected it again.' },
  } as const,
});

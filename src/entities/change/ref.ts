import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { ChangeModel, FieldChangeModel } from './model.ts';

export const Change = builder.objectRef<ChangeModel>('Change');
export const ChangeConnection = connectionType('Change', Change);
export const FieldChange = builder.objectRef<FieldChangeModel>('FieldChange');

export const ChangedType = builder.enumType('ChangedType', {
  description: 'What kind of asset changed.',
  values: {
    RESOURCE: { value: 'Resource', description: 'Cloud resources.' },
    HOST: { value: 'Host', description: 'Hosts.' },
    SERVICE: { value: 'Service', description: 'Services; only where a history is kept.' },
  } as const,
});

export const ChangeKind = builder.enumType('ChangeKind', {
  description: 'What happened to an asset between two readings.',
  values: {
    ADDED: { description: 'It was not there before.' },
    REMOVED: { description: 'It is no longer listed.' },
    CHANGED: { description: 'Some of its properties differ.' },
  } as const,
});

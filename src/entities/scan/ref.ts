import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { ScanModel } from './model.ts';

export const Scan = builder.objectRef<ScanModel>('Scan');
export const ScanConnection = connectionType('Scan', Scan);

export const ScanStatus = builder.enumType('ScanStatus', {
  description: 'Where a scan stands.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    PROCESSING: { description: 'Taken by a worker, not reading yet.' },
    RUNNING: { description: 'Reads the account; lists mix old and new rows meanwhile.' },
    ANALYZING: { description: 'Reading is done; findings are being worked out, or wait to be.' },
    COMPLETE: { description: 'Done. With an `errorMessage`, parts of the account were not read.' },
    PARTIAL: { description: 'Done; some regions or services could not be read.' },
    ERROR: { description: 'Failed.' },
    CANCELED: { description: 'Stopped before its end.' },
    UNKNOWN: { description: 'A value of the upstream that this graph does not know.' },
  } as const,
});

export const ScanFilter = builder.inputType('ScanFilter', {
  description: 'Which scans are wanted; all given conditions must hold.',
  fields: (t) => ({
    source: t.string({ description: 'Only scans of this source, by its name.' }),
    account: t.id({ description: 'Only scans of this account, by its global id.' }),
    status: t.field({
      type: [ScanStatus],
      description: 'Only scans in one of these states; an empty list matches none.',
    }),
  }),
});

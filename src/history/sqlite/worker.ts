import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { toError } from '#lib/gateway-error.ts';
import { Appending } from './append.ts';
import { openHistoryFile } from './history-file.ts';
import type { HistoryAnswer, HistoryRequest, NumberedRequest } from './messages.ts';
import { readEarliest, readIds, readState, readValues } from './past.ts';
import { countVersions, readReadings, readVersions } from './read.ts';
import { retain } from './retain.ts';

/** One connection writes, the other reads: so readers never see a part of a reading. */
interface Connections {
  readonly writer: DatabaseSync;
  readonly reader: DatabaseSync;
}

const { path } = workerData as { readonly path: string };
let connections: Connections | null = null;
let appending: Appending | null = null;
/** Something could not be read while a reading was being added, which goes on: the file is opened anew afterwards. */
let isInDoubt = false;

const opened = (): Connections => (connections ??= { writer: openHistoryFile(path), reader: openHistoryFile(path) });

/** Opened anew by the next request: the file may have been replaced. */
const close = (): void => {
  const databases = connections ? Object.values(connections) : [];
  connections = null;
  appending = null;
  isInDoubt = false;
  for (const database of databases) {
    try {
      database.close();
    } catch {
      // It is let go of all the same; what failed before is told.
    }
  }
};

const endAppending = (): void => {
  appending = null;
  if (isInDoubt) close();
};

const answer = (request: HistoryRequest): unknown => {
  switch (request.kind) {
    case 'BEGIN':
      appending = Appending.begin(opened().writer, request.reading);
      return appending !== null;
    case 'ROWS':
      return begun().add(request.rows);
    case 'COMMIT':
      begun().commit();
      return endAppending();
    case 'ROLLBACK':
      appending?.rollback();
      return endAppending();
    case 'VERSIONS':
      return readVersions(opened().reader, request.query, request.offset, request.limit);
    case 'COUNT':
      return countVersions(opened().reader, request.query);
    case 'READINGS':
      return readReadings(opened().reader, request.query, request.limit);
    case 'STATE':
      return readState(opened().reader, request.source, request.time);
    case 'VALUES':
      return readValues(opened().reader, request.records, request.at);
    case 'IDS':
      return readIds(opened().reader, request.records);
    case 'EARLIEST':
      return readEarliest(opened().reader, request.visible);
    case 'RETAIN':
      return retain(opened().writer, request.before, request.maxBytes);
    case 'CLOSE':
      return close();
  }
};

const begun = (): Appending => {
  if (!appending) throw new Error('Expected a reading that was begun, got none.');
  return appending;
};

const WRITING: ReadonlySet<HistoryRequest['kind']> = new Set([
  'BEGIN',
  'ROWS',
  'COMMIT',
  'ROLLBACK',
  'RETAIN',
  'CLOSE',
]);

/** Errors of the file system name paths of this machine. */
const reasonOf = (thrown: unknown): string => {
  const error: NodeJS.ErrnoException = toError(thrown);
  return error.path === undefined ? error.message : String(error.code);
};

parentPort?.on('message', ({ number, request }: NumberedRequest) => {
  const send = (message: HistoryAnswer) => parentPort?.postMessage(message);
  try {
    send({ number, result: answer(request) });
  } catch (thrown) {
    if (appending && !WRITING.has(request.kind)) isInDoubt = true;
    else close();
    send({ number, failure: reasonOf(thrown) });
  }
});

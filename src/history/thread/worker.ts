import { parentPort, workerData } from 'node:worker_threads';
import { toError } from '#lib/gateway-error.ts';
import { Appending } from '../sql/append.ts';
import type { Databases } from '../sql/database.ts';
import { readEarliest, readIds, readState, readValues } from '../sql/past.ts';
import { countReadings, countVersions, readReadings, readVersions } from '../sql/read.ts';
import { retain } from '../sql/retain.ts';
import type { HistoryAnswer, HistoryNotice, HistoryPlace, HistoryRequest, NumberedRequest } from './messages.ts';

const send = (message: HistoryAnswer | HistoryNotice) => parentPort?.postMessage(message);

const place = workerData as HistoryPlace;

/** What one of them needs is loaded only where it is used. */
const open = async (): Promise<Databases> => {
  if (place.kind === 'SQLITE') {
    const { SqliteDatabases } = await import('../sqlite/sqlite-databases.ts');
    return new SqliteDatabases(place.path);
  }
  const { PostgresDatabases } = await import('../postgres/postgres-databases.ts');
  return new PostgresDatabases(place.url, send);
};

const databases = await open();
let appending: Appending | null = null;

/** Requests that write; rows may come before those before them have been taken. */
type Writing = Extract<
  HistoryRequest,
  { readonly kind: 'BEGIN' | 'ROWS' | 'COMMIT' | 'ROLLBACK' | 'RETAIN' | 'CLOSE' }
>;

const WRITING: ReadonlySet<string> = new Set([
  'BEGIN',
  'ROWS',
  'COMMIT',
  'ROLLBACK',
  'RETAIN',
  'CLOSE',
] satisfies Writing['kind'][]);

const isWriting = (request: HistoryRequest): request is Writing => WRITING.has(request.kind);

let last: Promise<unknown> = Promise.resolve();

/** One after the other. */
const inTurn = (work: () => Promise<unknown>): Promise<unknown> => {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
};

const write = async (request: Writing): Promise<unknown> => {
  switch (request.kind) {
    case 'BEGIN':
      appending = await Appending.begin(databases, request.reading);
      return appending !== null;
    case 'ROWS':
      return begun().add(request.rows);
    case 'COMMIT':
      await begun().commit();
      appending = null;
      return null;
    case 'ROLLBACK':
      await appending?.rollback();
      appending = null;
      return null;
    case 'RETAIN':
      return retain(databases, request.before, request.maxBytes);
    case 'CLOSE':
      return databases.close();
  }
};

const read = async (request: Exclude<HistoryRequest, Writing>): Promise<unknown> => {
  const database = await databases.reader();
  switch (request.kind) {
    case 'VERSIONS':
      return readVersions(database, request.query, request.cut);
    case 'COUNT':
      return countVersions(database, request.query);
    case 'READINGS':
      return readReadings(database, request.query, request.limit, request.offset);
    case 'COUNT_READINGS':
      return countReadings(database, request.query);
    case 'STATE':
      return readState(database, request.source, request.time);
    case 'VALUES':
      return readValues(database, request.records, request.at);
    case 'IDS':
      return readIds(database, request.records);
    case 'EARLIEST':
      return readEarliest(database, request.visible);
  }
};

const begun = (): Appending => {
  if (!appending) throw new Error('Expected a reading that was begun, got none.');
  return appending;
};

parentPort?.on('message', ({ number, request }: NumberedRequest) => {
  const answer = isWriting(request) ? inTurn(() => write(request)) : read(request);
  answer.then(
    (result) => send({ number, result }),
    (thrown: unknown) => send({ number, failure: databases.failed(toError(thrown)) }),
  );
});

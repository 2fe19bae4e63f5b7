import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { newHistoryFile } from '../../support/history/new-history-file.ts';
import { expectedVersions, versionText, WRITTEN, writtenReading, writtenRows } from '../../support/history/written.ts';

const PROGRAM = join(import.meta.dirname, '../../support/history/write-until-full.ts');
/** Of each file of the process, in KB: as a disk that has no more room. */
const ROOM = 300;

it('a full disk costs no reading that was confirmed: what is there stays readable, and more is added once there is room', async () => {
  const path = await newHistoryFile();
  const place = JSON.stringify({ kind: 'SQLITE', path });
  const script = `ulimit -f ${ROOM}; exec "$0" "$@"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script, process.execPath, PROGRAM, place]);
  const { confirmed, failures, readable } = JSON.parse(stdout);
  expect(failures[0]).toMatch(/^HistoryError: Expected the file of the history to be usable, got: /);
  expect(stdout).not.toContain(path);
  expect(readable).toBe(confirmed);
  expect(confirmed).toBeGreaterThan(1);

  const store = openSqliteHistory(path);
  const query = { visible: [WRITTEN] };
  expect(await store.readings(query, Number.MAX_SAFE_INTEGER)).toHaveLength(confirmed);
  expect(await store.append(writtenReading(confirmed + 1), writtenRows(confirmed + 1))).toBe(true);
  const versions = await store.versions(query, { limit: Number.MAX_SAFE_INTEGER });
  expect(versions.map(versionText).toSorted()).toEqual(expectedVersions(confirmed + 1));
  await store.close();
});

import { expect, it, onTestFinished } from 'vitest';
import { SourceHistory } from '#history/source-history.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { newHistoryFile } from '../../support/history/new-history-file.ts';
import { ACME, readingAt, resources, rowsOf } from './readings.ts';

it('a moment that is forgotten while its rows are read ends in an error of the graph, not in one of the gateway', async () => {
  const store = openSqliteHistory(await newHistoryFile());
  onTestFinished(() => store.close());
  for (const at of [100, 200]) await store.append(readingAt(at), [resources({ web: { n: at } })]);
  const state = await new SourceHistory(store, [ACME]).at(ACME.name, 100);
  await store.retain({ before: 200, maxBytes: Number.MAX_SAFE_INTEGER });
  await expect(rowsOf(state)).rejects.toMatchObject({ code: 'HISTORY_UNAVAILABLE' });
});

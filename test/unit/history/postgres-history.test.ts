import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { HistoryError } from '#history/history-store.ts';
import { openPostgresHistory } from '#history/postgres/open-postgres-history.ts';
import { startPostgres, type TestPostgres } from '../../support/history/postgres-server.ts';
import { needs } from '../../support/tools.ts';
import { describeHistoryStore } from './contract.ts';
import { ACME, readingAt, resources, rowsOf } from './readings.ts';

const query = { visible: [ACME] };

describe('with a PostgreSQL', needs('PostgreSQL'), () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.release());

  describeHistoryStore('the history in PostgreSQL', async () => {
    const url = await server.newDatabase();
    const store = openPostgresHistory(url);
    const opened = [store];
    return {
      store,
      reopen: async () => {
        await opened.at(-1)?.close();
        const again = openPostgresHistory(url);
        opened.push(again);
        return again;
      },
      release: async () => {
        await Promise.all(opened.map((one) => one.close()));
      },
    };
  });

  const openTwo = async () => {
    const url = await server.newDatabase();
    const stores = [openPostgresHistory(url), openPostgresHistory(url)] as const;
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });
    return stores;
  };

  it('takes each reading once from processes that add the same ones at the same time', async () => {
    const [one, other] = await openTwo();
    const many = (n: number) =>
      resources(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`r${i}`, { n: i % 50 === n ? n : 0 }])));
    for (let at = 1; at <= 8; at++) {
      const added = await Promise.all([one, other].map((store) => store.append(readingAt(at), [many(at)])));
      expect(added.filter(Boolean)).toHaveLength(1);
    }
    expect(await one.readings(query, 100)).toHaveLength(8);
    for (let at = 1; at <= 8; at++) {
      const rows = await rowsOf(await other.at(ACME, at));
      expect(rows.filter(({ value }) => value.n !== 0).map(({ id }) => id)).toEqual(
        Array.from({ length: 10 }, (_, i) => `r${i * 50 + at}`),
      );
    }
  });

  it('adds readings of different sources at the same time', async () => {
    const [one, other] = await openTwo();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const rows = function* () {
      // Both are in the midst of adding theirs, so that neither waits for the other.
      yield resources({ web: { n: 1 } });
      release();
      yield resources({ db: { n: 1 } });
    };
    const first = one.append(readingAt(1), rows());
    await held;
    expect(await other.append(readingAt(1, { source: { name: 'b', identity: 'b' } }), [])).toBe(true);
    expect(await first).toBe(true);
  });

  it('notices what another process has added', async () => {
    const [one, other] = await openTwo();
    await one.count(query);
    await vi.waitFor(() => expect(one.revision()).toBe(one.revision()), { timeout: 30_000 });
    const before = one.revision();
    await other.append(readingAt(1), []);
    await vi.waitFor(() => expect(one.revision()).not.toBe(before), { timeout: 30_000 });
  });

  it('forgets while another process adds, and loses nothing that is so now', async () => {
    const [one, other] = await openTwo();
    const rows = (n: number) => [resources({ web: { n }, [`only-${n}`]: { n }, always: { n: 0 } })];
    for (let at = 1; at <= 20; at++) {
      const forget = other.retain({ before: at - 2, maxBytes: Number.MAX_SAFE_INTEGER });
      await one.append(readingAt(at), rows(at % 4));
      await forget;
    }
    expect((await rowsOf(await other.at(ACME, 20))).map(({ id, value }) => [id, value.n])).toEqual([
      ['web', 0],
      ['only-0', 0],
      ['always', 0],
    ]);
    expect(await one.count({ ...query, types: ['Resource'], since: 18 })).toBeGreaterThan(0);
  });

  it('keeps nothing of its URL in its errors', async () => {
    const store = openPostgresHistory('postgres://someone:s3cret@127.0.0.1:1/nowhere');
    onTestFinished(() => store.close());
    await expect(store.count(query)).rejects.toThrow(
      new HistoryError('Expected the database of the history to be usable, got: ECONNREFUSED'),
    );
  });
});

describe('with a PostgreSQL that goes away', needs('PostgreSQL'), () => {
  it('answers with errors meanwhile, has what it confirmed once it is back, and goes on', async () => {
    const server = await startPostgres();
    const store = openPostgresHistory(await server.newDatabase());
    onTestFinished(async () => {
      await store.close();
      await server.release();
    });
    await store.append(readingAt(1), [resources({ web: { n: 1 } })]);
    await vi.waitFor(() => expect(store.revision()).toBe(store.revision()), { timeout: 30_000 });
    const rows = function* () {
      for (let n = 0; n < 50; n++)
        yield resources(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`r${n}-${i}`, { n }])));
    };
    const half = store.append(readingAt(2), rows());
    const failed = expect(half).rejects.toThrow(HistoryError);
    await server.kill();
    await failed;
    await expect(store.count(query)).rejects.toThrow(HistoryError);
    await expect(store.append(readingAt(2), [])).rejects.toThrow(HistoryError);
    // Whether something was added cannot be known, so nothing that was answered before may be answered again.
    await vi.waitFor(() => expect(store.revision()).not.toBe(store.revision()), { timeout: 30_000 });
    await server.restart();
    expect(await store.count(query)).toBe(1);
    expect(await store.append(readingAt(2), [resources({ web: { n: 2 } })])).toBe(true);
    await vi.waitFor(() => expect(store.revision()).toBe(store.revision()), { timeout: 30_000 });
    expect((await rowsOf(await store.at(ACME, 2))).map(({ id, value }) => [id, value.n])).toEqual([['web', 2]]);
  });
});

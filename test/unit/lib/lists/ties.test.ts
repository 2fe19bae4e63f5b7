import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowsByPage } from '#lib/lists/list-calls.ts';
import { mendedPage } from '#lib/lists/mended-page.ts';
import { type FurtherWay, readWholeList } from '#lib/lists/whole-list.ts';
import { type Row, rowsInGroups, type TiedServer, tiedServer } from './tied-server.ts';

const PAGE = 20;
const groups = (max: number) => fc.array(fc.integer({ min: 1, max }), { minLength: 1, maxLength: max > PAGE ? 6 : 40 });
const kinds = fc.boolean();

const pagesOf = ({ rows }: TiedServer): number[] =>
  Array.from({ length: Math.ceil(rows.length / PAGE) }, (_, index) => index);
const idsOf = (rows: readonly (Row | null)[]): string[] => rows.map((row) => row?.id ?? 'none');
const sortedIds = (rows: readonly (Row | null)[]): string[] => idsOf(rows).toSorted();

describe('groups that one call can span', () => {
  test('are whole, in order, however they lie, at one call for each boundary that lost rows', async () => {
    await fc.assert(
      fc.asyncProperty(groups(PAGE / 4), kinds, async (sizes, byPage) => {
        const server = tiedServer(rowsInGroups(sizes), { pageSize: PAGE, byPage });
        const { rows, invalid, missing } = await readWholeList(server.calls);
        expect({ invalid, missing }).toEqual({ invalid: 0, missing: 0 });
        expect(sortedIds(rows)).toEqual(sortedIds(server.rows));
        const times = rows.map(({ at }) => at);
        expect(times).toEqual(times.toSorted());
        expect(server.asked.length).toBeLessThan(2 * pagesOf(server).length);
      }),
    );
  });

  test('show each row once in pages, whichever are read first, and as in the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(groups(PAGE / 4), kinds, async (sizes, byPage) => {
        const server = tiedServer(rowsInGroups(sizes), { pageSize: PAGE, byPage });
        const whole = await readWholeList(server.calls);
        const backwards = new Map<number, readonly (Row | null)[]>();
        for (const index of pagesOf(server).toReversed())
          backwards.set(index, (await mendedPage(server.calls, index)).rows);
        expect(pagesOf(server).flatMap((index) => idsOf(backwards.get(index) ?? []))).toEqual(idsOf(whole.rows));
      }),
    );
  });

  test('cost a page nothing but the page before it while no row is lost', async () => {
    const server = tiedServer(rowsInGroups(Array.from({ length: 90 }, () => 1)), { pageSize: PAGE });
    expect((await mendedPage(server.calls, 0)).rows).toHaveLength(PAGE);
    expect(server.asked).toHaveLength(1);
    expect((await mendedPage(server.calls, 3)).rows).toHaveLength(PAGE);
    expect(server.asked).toHaveLength(3);
    await readWholeList(server.calls);
    expect(server.asked).toHaveLength(8);
  });
});

describe('groups of any size', () => {
  const check = async (server: TiedServer) => {
    const { rows, missing } = await readWholeList(server.calls);
    expect(new Set(idsOf(rows)).size).toBe(rows.length);
    expect(rows.length + missing).toBe(server.rows.length);
    let told = 0;
    const walked: string[] = [];
    for (const index of pagesOf(server)) {
      const page = await mendedPage(server.calls, index);
      expect(page.rows.length).toBe(Math.min(PAGE, server.rows.length - index * PAGE));
      expect(page.rows.filter((row) => row === null)).toHaveLength(page.missing ?? 0);
      told += page.missing ?? 0;
      walked.push(...page.rows.flatMap((row) => (row ? [row.id] : [])));
    }
    expect(new Set(walked).size + told).toBeGreaterThanOrEqual(server.rows.length);
  };

  test('are never short without saying so', async () => {
    await fc.assert(
      fc.asyncProperty(groups(PAGE * 8), kinds, async (sizes, byPage) =>
        check(tiedServer(rowsInGroups(sizes), { pageSize: PAGE, byPage })),
      ),
      { numRuns: 30 },
    );
  });

  test('are whole in pages and as a whole where one call takes as many rows as the group has', async () => {
    await fc.assert(
      fc.asyncProperty(groups(PAGE * 4), async (sizes) => {
        const server = tiedServer(rowsInGroups(sizes), { pageSize: PAGE });
        const { rows, missing } = await readWholeList(server.calls);
        expect(missing).toBe(0);
        const pages = await Promise.all(pagesOf(server).map((index) => mendedPage(server.calls, index)));
        expect(pages.flatMap((page) => idsOf(page.rows))).toEqual(idsOf(rows));
      }),
      { numRuns: 30 },
    );
  });

  test('130 rows at one instant, 1,629 in all, are whole with page numbers and pages of 100', async () => {
    for (const before of [3, 40, 99, 120, 180, 1_400]) {
      const rows = rowsInGroups([...ones(before), 130, ...ones(1_629 - 130 - before)]);
      const server = tiedServer(rows, { pageSize: 100, byPage: true });
      expect((await readWholeList(server.calls)).missing).toBe(0);
      const pages = await Promise.all(Array.from({ length: 17 }, (_, index) => mendedPage(server.calls, index)));
      expect(new Set(pages.flatMap((page) => idsOf(page.rows))).size).toBe(1_629);
    }
  });
});

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

test('rows that cannot be read are distinguished from rows that are not shown', async () => {
  await fc.assert(
    fc.asyncProperty(groups(PAGE / 4), kinds, fc.integer({ min: 2, max: 9 }), async (sizes, byPage, every) => {
      const all = rowsInGroups(sizes);
      const unreadable = new Set(all.filter((_, i) => i % every === 0).map(({ id }) => id));
      const server = tiedServer(all, { pageSize: PAGE, byPage, isUnreadable: ({ id }) => unreadable.has(id) });
      const { rows, invalid, missing } = await readWholeList(server.calls);
      expect(rows.length + invalid + missing).toBe(all.length);
      expect(new Set(idsOf(rows)).size).toBe(rows.length);
    }),
  );
});

describe('a list that moves', () => {
  test('while it is read is read again, past the cache', async () => {
    const server = tiedServer(rowsInGroups(ones(100)), { pageSize: PAGE });
    server.onCall = (call) => {
      if (call === 3) server.rows = [{ id: 'new', at: '' }, ...server.rows];
    };
    const { rows, missing } = await readWholeList(server.calls);
    expect(missing).toBe(0);
    expect(sortedIds(rows)).toEqual(sortedIds(server.rows));
    expect(server.asked.filter(({ again }) => again).map(({ offset }) => offset)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  test('all the time reports how many rows it lacks', async () => {
    const server = tiedServer(rowsInGroups(ones(100)), { pageSize: PAGE });
    server.onCall = (call) => {
      server.rows = [{ id: `new-${call}`, at: '' }, ...server.rows];
    };
    const { rows, missing } = await readWholeList(server.calls);
    expect(missing).toBeGreaterThan(0);
    expect(new Set(idsOf(rows)).size).toBe(rows.length);
  });

  test('between two pages shows no row twice, and reads both again', async () => {
    const server = tiedServer(rowsInGroups(ones(100)), { pageSize: PAGE });
    const before = await server.calls.read({ offset: 0, limit: PAGE }, false);
    server.rows = [{ id: 'new', at: '' }, ...server.rows];
    const cached = { ...server.calls };
    const read: typeof cached.read = async (window, again) =>
      !again && window.offset === 0 ? before : server.calls.read(window, again);
    const page = await mendedPage({ ...cached, read }, 1);
    expect(page.missing).toBe(0);
    expect(idsOf(page.rows)).toEqual(server.rows.slice(PAGE, 2 * PAGE).map(({ id }) => id));
  });

  test('and shrinks below a page leaves that page empty', async () => {
    const server = tiedServer(rowsInGroups(ones(30)), { pageSize: PAGE });
    expect(await mendedPage(server.calls, 5)).toMatchObject({ rows: [], total: 30 });
  });
});

describe('further ways', () => {
  /** A group no number of windows shows whole. */
  const huge = () => tiedServer(rowsInGroups([600]), { pageSize: PAGE, byPage: true });

  test('are requested until no row is missing, and not beyond', async () => {
    const server = huge();
    let asked = 0;
    const ways: FurtherWay<Row>[] = [
      async function* ({ known }) {
        expect(known.size).toBeLessThan(600);
        for (let at = 0; at < 600; at += 100) {
          asked += 1;
          yield server.rows.slice(at, at + 100);
        }
      },
      async function* () {
        asked += 100;
        yield [];
      },
    ];
    const { rows, missing } = await readWholeList({ ...server.calls, ways });
    expect(missing).toBe(0);
    expect(sortedIds(rows)).toEqual(sortedIds(server.rows));
    expect(asked).toBeLessThanOrEqual(6);
  });

  test('are not requested for a list that is whole', async () => {
    const server = tiedServer(rowsInGroups([5, 5, 30, 7]), { pageSize: PAGE });
    const ways = [
      async function* () {
        yield [];
        throw new Error('asked');
      },
    ];
    expect((await readWholeList({ ...server.calls, ways })).missing).toBe(0);
  });
});

test('an answer shorter than its page is not taken for the end of the list', async () => {
  const server = tiedServer(rowsInGroups(ones(45)), { pageSize: PAGE });
  const short: typeof server.calls = {
    ...server.calls,
    read: async (window, again) => {
      const page = await server.calls.read(window, again);
      return { ...page, rows: page.rows.slice(0, 15) };
    },
  };
  expect((await readWholeList(short)).missing).toBe(45 - 15 - 15 - 5);
  expect((await mendedPage(short, 0)).missing).toBe(5);
});

test('a page number and a limit span any group of a third of a page', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 32 }), fc.nat(31), (page, size, before) => {
      const from = page * 100 - Math.min(before, size - 1);
      const [window, ...more] = windowsByPage(100)(from, from + size);
      expect(more).toEqual([]);
      expect(window && window.offset % window.limit).toBe(0);
      expect(window && window.offset <= from && window.offset + window.limit >= from + size).toBe(true);
    }),
  );
});

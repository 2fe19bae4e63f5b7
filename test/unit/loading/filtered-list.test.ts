import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byValue } from '#lib/compare.ts';
import type { ListPage, SlicedList } from '#lib/sliced-list.ts';
import { filteredList } from '#loading/filtered-list.ts';
import { isOneOf, oneValueEach, type QueryRules } from '#sources/list-support.ts';

interface Row {
  readonly id: string;
  readonly color: string;
  readonly size: number;
}
interface Query {
  readonly color?: readonly string[];
  readonly isBig?: boolean;
}

const SIZE = 10;
const rows: readonly Row[] = Array.from({ length: 95 }, (_, i) => ({
  id: `row-${String(i).padStart(2, '0')}`,
  color: ['red', 'green', 'blue'][i % 3] ?? '',
  size: i,
}));
const rules: QueryRules<Query, Row> = {
  matches: ({ color, isBig }) => {
    return (row) => isOneOf(color, row.color) && (!isBig || row.size > 40);
  },
  compare: () => byValue(({ size }) => size, 'DESC'),
};

/** A server that filters by one color, or one that has never heard of that. */
const serverOf = (isDeaf: boolean) => {
  let calls = 0;
  const page = async (_: string, query: Query, index: number): Promise<ListPage<Row>> => {
    calls += 1;
    const listed = isDeaf ? rows : rows.filter(rules.matches(query));
    return { rows: listed.slice(index * SIZE, (index + 1) * SIZE), total: listed.length };
  };
  const reader = {
    rules,
    page,
    mended: page,
    beginning: async () => null,
    pageSize: () => SIZE,
    fromIndex: async () => null,
    isAble: async () => true,
    support: () => ({
      pushdown: (query: Query) =>
        oneValueEach<Query>({}, query, { color: (of: string) => of !== '' }, query.isBig ?? false),
      dependsOnSource: () => false,
    }),
    whole: async (source: string, query: Query) => {
      const { total } = await page(source, query, 0);
      const pages = await Promise.all(
        Array.from({ length: Math.ceil(total / SIZE) }, (_, index) => page(source, query, index)),
      );
      return { rows: pages.flatMap((of) => of.rows.filter((row) => row !== null)), invalid: 0, missing: 0 };
    },
  };
  return { reader, calls: () => calls };
};

const listOf = ({ reader }: ReturnType<typeof serverOf>, query: Query): SlicedList<Row> =>
  filteredList({
    source: 'cloud',
    reader,
    query,
    onShortfall: (short) => expect(short).toEqual({ invalid: 0, missing: 0 }),
  });

describe.each([
  ['a server that filters', false],
  ['a server that ignores the filter', true],
])('%s', (_, isDeaf) => {
  it('returns exactly the matching rows, counted and once', async () => {
    const colors = fc.option(fc.uniqueArray(fc.constantFrom('red', 'green', 'blue', 'none', ''), { minLength: 1 }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(colors, fc.boolean(), async (wanted, isBig) => {
        const list = listOf(serverOf(isDeaf), { ...(wanted && { color: wanted }), isBig });
        const expected = rows.filter(
          (row) => (!wanted || wanted.some((color) => color === row.color)) && (!isBig || row.size > 40),
        );
        const got = (await list.slice(0, 1000)).filter((row) => row !== null);
        expect(await list.count()).toBe(expected.length);
        expect(new Set(got)).toEqual(new Set(expected));
        expect(got).toHaveLength(expected.length);
      }),
    );
  });
});

it('requests the values of the shortest parameter separately when that is cheaper than the whole list', async () => {
  const server = serverOf(false);
  const list = listOf(server, { color: ['red'], isBig: true });
  await list.count();
  expect(server.calls()).toBeLessThanOrEqual(6);
});

it('what could not be read of the rows of a small call is reported, once', async () => {
  const { reader } = serverOf(false);
  const shortfalls: unknown[] = [];
  const list = filteredList({
    source: 'network',
    reader: { ...reader, beginning: async () => ({ rows: rows.slice(0, 6), total: rows.length, invalid: 2 }) },
    query: {},
    onShortfall: (short) => shortfalls.push(short),
  });
  expect(await list.slice(0, 5)).toEqual(rows.slice(0, 5));
  expect(await list.slice(0, 5)).toHaveLength(5);
  expect(shortfalls).toEqual([{ invalid: 2, missing: 0 }]);
});

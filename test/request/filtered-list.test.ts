import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListPage, SlicedList } from '#lib/sliced-list.ts';
import { chosen, filteredList, NO_SELECTION, type Selection } from '#loading/filtered-list.ts';
import type { ListReader } from '#loading/list-reader.ts';

interface Row {
  readonly id: string;
  readonly color: string;
  readonly size: number;
}
interface Query {
  readonly color?: string;
}

const SIZE = 10;
const rows: readonly Row[] = Array.from({ length: 95 }, (_, i) => ({
  id: `row-${String(i).padStart(2, '0')}`,
  color: ['red', 'green', 'blue'][i % 3] ?? '',
  size: i,
}));
const belongs = (query: Query) => (row: Row) => query.color === undefined || row.color === query.color;

/** A server that filters by color, or one that has never heard of that. */
const serverOf = (isDeaf: boolean) => {
  let calls = 0;
  const page = async (_: string, query: Query, index: number): Promise<ListPage<Row>> => {
    calls += 1;
    const listed = isDeaf ? rows : rows.filter(belongs(query));
    const shown = listed.slice(index * SIZE, (index + 1) * SIZE);
    const kept = shown.map((row) => (belongs(query)(row) ? row : null));
    return { rows: kept, total: listed.length, ...(kept.includes(null) && { filterIgnored: true as const }) };
  };
  const reader: Pick<ListReader<Query, Row>, 'page' | 'mended' | 'whole'> = {
    page,
    mended: page,
    whole: async (source, query) => {
      const { total, filterIgnored } = await page(source, query, 0);
      const pages = await Promise.all(
        Array.from({ length: Math.ceil(total / SIZE) }, (_, index) => page(source, query, index)),
      );
      const read = pages.flatMap((of) => of.rows.filter((row) => row !== null));
      return { rows: read, invalid: 0, missing: 0, filterIgnored: filterIgnored ?? false };
    },
  };
  return { reader, calls: () => calls };
};

const listOf = (
  reader: Pick<ListReader<Query, Row>, 'page' | 'mended' | 'whole'>,
  selection: Selection<Query, Row>,
): SlicedList<Row> =>
  filteredList({
    source: 'cloud',
    pageSize: SIZE,
    reader,
    selection,
    belongs,
    widest: () => ({}),
    newestFirst: (row) => String(row.size).padStart(3, '0'),
    report: (error) => {
      throw error;
    },
  });

const byColor = (colors: readonly string[] | undefined, base: Selection<Query, Row> = NO_SELECTION) =>
  chosen<Query, Row, string>(
    base,
    colors,
    (row) => row.color,
    (color) => (color ? { color } : null),
  );

describe.each([
  ['a server that filters', false],
  ['a server that ignores the filter', true],
])('%s', (_, isDeaf) => {
  it('gives exactly the rows asked for, counted and once', async () => {
    const colors = fc.option(fc.uniqueArray(fc.constantFrom('red', 'green', 'blue', 'none', ''), { minLength: 1 }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(colors, fc.boolean(), async (wanted, isBig) => {
        const local = isBig ? [(row: Row) => row.size > 40] : [];
        const list = listOf(serverOf(isDeaf).reader, byColor(wanted, { ...NO_SELECTION, local }));
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

it('asks for the values of the shortest parameter apart when that is cheaper than the whole list', async () => {
  const { reader, calls } = serverOf(false);
  const list = listOf(reader, byColor(['red'], { ...NO_SELECTION, local: [(row) => row.size > 40] }));
  await list.count();
  expect(calls()).toBeLessThanOrEqual(6);
});

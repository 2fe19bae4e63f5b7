import { expect, it } from 'vitest';
import { connectKeyed } from '#graphql/relay/keyed-connection.ts';
import type { KeyedList } from '#lib/keyed-list.ts';

/** The numbers from 1 on, each its own key. */
const numbers = (count: number): KeyedList<number> => ({
  keys: /^\d+$/,
  count: async () => count,
  page: async ({ after, before, limit, fromEnd }) => {
    const all = Array.from({ length: count }, (_, i) => i + 1);
    const within = all.filter((n) => n > Number(after ?? 0) && n < Number(before ?? count + 1));
    const rows = fromEnd ? within.slice(-limit) : within.slice(0, limit);
    return { rows: rows.map((node) => ({ key: String(node), node })), hasMore: within.length > limit };
  },
});

const page = async (args: Parameters<typeof connectKeyed>[1]) => {
  const { edges, pageInfo } = await connectKeyed(numbers(10), args);
  const { hasPreviousPage, hasNextPage } = await pageInfo();
  return [edges.map(({ node }) => node), hasPreviousPage, hasNextPage];
};

const cursors = async () => (await connectKeyed(numbers(10), {})).edges.map(({ cursor }) => cursor);

it('pages follow the rules of Relay in both directions', async () => {
  const cursor = await cursors();
  expect(await page({ first: 3 })).toEqual([[1, 2, 3], false, true]);
  expect(await page({ first: 3, after: cursor[2] })).toEqual([[4, 5, 6], true, true]);
  expect(await page({ first: 3, after: cursor[6] })).toEqual([[8, 9, 10], true, false]);
  expect(await page({ first: 3, after: cursor[9] })).toEqual([[], true, false]);
  expect(await page({ last: 3 })).toEqual([[8, 9, 10], true, false]);
  expect(await page({ last: 3, before: cursor[7] })).toEqual([[5, 6, 7], true, true]);
  expect(await page({ last: 3, before: cursor[2] })).toEqual([[1, 2], false, true]);
  expect(await page({ first: 4, last: 2 })).toEqual([[3, 4], true, true]);
  expect(await page({ after: cursor[2], before: cursor[5] })).toEqual([[4, 5], true, true]);
});

it('a cursor of another list is refused', async () => {
  for (const cursor of [
    'nonsense',
    Buffer.from('offset:3').toString('base64url'),
    Buffer.from('key:x').toString('base64url'),
  ])
    await expect(page({ after: cursor })).rejects.toThrow('Expected "after" to be a cursor of this list');
  await expect(page({ first: 0 })).rejects.toThrow('between 1 and');
});

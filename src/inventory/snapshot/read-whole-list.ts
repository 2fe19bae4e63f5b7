import type { ListPage } from '#lib/sliced-list.ts';
import type { Progress } from './progress.ts';

const MOST_READINGS = 3;
/** Pages asked for at once: the budget paces them, this only bounds what is queued. */
const AT_ONCE = 4;

/**
 * Reads a whole upstream list. Pages are no snapshot and have no tie-breaker, so a row may be skipped while another comes twice:
 * the list is read again until as many distinct rows came as the server counts (or three times).
 * @param page with `again` true, must not answer from a cache.
 */
export const readWholeList = async <T extends { readonly id: string }>(
  pageSize: number,
  progress: Progress,
  page: (index: number, again: boolean) => Promise<ListPage<T>>,
): Promise<Map<string, T>> => {
  const rows = new Map<string, T>();
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const { total, unreadable } = await readOnce(pageSize, progress, rows, (index) => page(index, reading > 0));
    if (rows.size + unreadable >= total) break;
  }
  return rows;
};

const readOnce = async <T extends { readonly id: string }>(
  pageSize: number,
  progress: Progress,
  rows: Map<string, T>,
  page: (index: number) => Promise<ListPage<T>>,
): Promise<{ total: number; unreadable: number }> => {
  let unreadable = 0;
  const take = async (index: number): Promise<number> => {
    const { rows: of, total, invalid } = await page(index);
    for (const row of of) if (row) rows.set(row.id, row);
    unreadable += invalid ?? 0;
    progress.did();
    return total;
  };
  progress.plan(1);
  const total = await take(0);
  const rest = Array.from({ length: Math.max(0, Math.ceil(total / pageSize) - 1) }, (_, i) => i + 1);
  progress.plan(rest.length);
  await inTurns(rest, AT_ONCE, take);
  return { total, unreadable };
};

/** Runs `work` over `items`, so many at a time; after the first failure, no other is begun. */
export const inTurns = async <T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  // A generator, which a failure closes for every worker; the iterator of an array would go on.
  const queue = (function* () {
    yield* items;
  })();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

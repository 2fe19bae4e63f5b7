import * as lists from '#lib/lists/whole-list.ts';
import type { Progress } from './build-snapshot.ts';

/** Calls made at once: the budget paces them, this only bounds what is queued. */
const AT_ONCE = 4;

/**
 * Reads a whole upstream list into a snapshot, a few calls at a time; after the first failure, no other is begun.
 * @param open the list, for one call: how long that may wait begins anew with each
 */
export const readWholeList = <T extends { readonly id: string }>(
  progress: Progress,
  open: () => lists.UpstreamList<T>,
): Promise<lists.WholeList<T>> => {
  const inLine = atMost(AT_ONCE);
  return lists.readWholeList<T>({
    ...open(),
    read: (window, again) => {
      progress.plan(1);
      return inLine(() =>
        open()
          .read(window, again)
          .finally(() => progress.did()),
      );
    },
    get ways() {
      return open().ways;
    },
  });
};

/** Lets so many run at once. After one has failed, those that wait fail like it. */
const atMost = (limit: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  let failure: { readonly error: unknown } | null = null;
  return async <R>(work: () => Promise<R>): Promise<R> => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      if (failure) throw failure.error;
      return await work();
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
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

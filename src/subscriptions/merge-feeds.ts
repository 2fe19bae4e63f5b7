import type { Feed } from './feed.ts';

/** The wanted events of several feeds as they come. Leaving it leaves them all. */
export const mergeFeeds = <E>(
  feeds: readonly Feed<E>[],
  isWanted: (event: E) => boolean,
): AsyncGenerator<E, void, void> => {
  const listening = feeds.map((feed) => feed.listen());
  const pending = new Map(listening.map((of, i) => [i, numbered(of, i)]));

  const next = async (): Promise<IteratorResult<E, void>> => {
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values());
      const of = listening[index];
      if (result.done || !of) {
        pending.delete(index);
        continue;
      }
      pending.set(index, numbered(of, index));
      if (isWanted(result.value)) return result;
    }
    return { value: undefined, done: true };
  };
  const finish = async (): Promise<IteratorResult<E, void>> => {
    await Promise.all(listening.map((of) => of.return()));
    return { value: undefined, done: true };
  };
  return {
    next,
    return: finish,
    throw: async (error) => {
      await finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await finish()),
  };
};

const numbered = async <E>(of: AsyncGenerator<E, void, void>, index: number) => ({ index, result: await of.next() });

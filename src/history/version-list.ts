import type { KeyedList } from '#lib/keyed-list.ts';
import type { HistoryVersion, VersionPlace } from './history-store.ts';
import type { SourceHistory, VersionsOf } from './source-history.ts';

/** Versions as a list that can be paged while more come, newest first. @param history is asked for when the list is read */
export const versionList = <T>(
  history: () => SourceHistory,
  query: () => VersionsOf,
  nodeOf: (version: HistoryVersion) => T,
): KeyedList<T> => ({
  keys: /^\d{1,15}:\d{1,15}$/,
  count: async () => history().count(query()),
  page: async ({ after, before, limit, fromEnd }) => {
    const cut = { after: placeOf(after), before: placeOf(before), fromEnd };
    // One more says whether there are more.
    const found = await history().versions(query(), { ...cut, limit: limit + 1 });
    const shown = fromEnd ? found.slice(-limit) : found.slice(0, limit);
    return {
      rows: shown.map((version) => ({ key: `${version.from}:${version.number}`, node: nodeOf(version) })),
      hasMore: found.length > limit,
    };
  },
});

const placeOf = (key: string | null): VersionPlace | null => {
  if (key === null) return null;
  const [from = 0, number = 0] = key.split(':').map(Number);
  return { from, number };
};

import { isNotHere } from '../transport/not-here-error.ts';
import type { SetReader } from './client.ts';
import { type PagedSource, wholeList } from './list-reader.ts';
import type { Speaker } from './speaker.ts';

const none = () => [];

export const setReader =
  <T extends { readonly id: string }>(speaker: Speaker, source: PagedSource<T>): SetReader<T> =>
  async (scope, onInvalidRows) => {
    const { rows, invalid } = await wholeList(speaker, source, none, scope);
    if (invalid > 0) onInvalidRows?.(invalid);
    return rows;
  };

/** The first of several places that the server has. @throws what the last one said. */
export const firstPresent =
  <T>(readers: readonly SetReader<T>[]): SetReader<T> =>
  async (scope, onInvalidRows) => {
    for (const [i, read] of readers.entries()) {
      try {
        return await read(scope, onInvalidRows);
      } catch (error) {
        if (!isNotHere(error) || i === readers.length - 1) throw error;
      }
    }
    return [];
  };

/**
 * Empty on a version that has no such list. A version is asked once: until the server is upgraded, it will not have it.
 * A server that has the list and is broken still fails.
 */
export const optionalSet = <T>(speaker: Speaker, read: SetReader<T>): SetReader<T> => {
  const lacking = new Set<string>();
  return async (scope, onInvalidRows) => {
    const version = speaker.last?.serverVersion;
    if (version !== undefined && lacking.has(version)) return [];
    try {
      return await read(scope, onInvalidRows);
    } catch (error) {
      if (!isNotHere(error)) throw error;
      if (version !== undefined && version === speaker.last?.serverVersion) lacking.add(version);
      return [];
    }
  };
};

import { readWholeList } from '#lib/lists/whole-list.ts';
import type { SetReader } from '../list-support.ts';
import { isNotHere } from '../transport/upstream-errors.ts';
import { type PagedSource, upstreamList } from './list-reader.ts';
import type { VersionedClient } from './versioned-client.ts';

export const setReader =
  <T extends { readonly id: string }>(versionedClient: VersionedClient, source: PagedSource<T>): SetReader<T> =>
  async (scope, onShortfall) => {
    const { rows, invalid, missing } = await readWholeList(upstreamList({ versionedClient, source, scope }));
    if (invalid + missing > 0) onShortfall?.({ invalid, missing });
    return rows;
  };

/** The first of the places where the server's version may have the list. @throws what the last one said. */
export const dependencyReader =
  <T>(versionedClient: VersionedClient, [first, moved]: readonly [SetReader<T>, SetReader<T>]): SetReader<T> =>
  async (scope, onShortfall) => {
    try {
      return await first(scope, onShortfall);
    } catch (error) {
      if (!isNotHere(error)) throw error;
      const { adapter } = await versionedClient.apiVersion(scope);
      if (adapter.dependencyPaths.length === 1) throw error;
      return moved(scope, onShortfall);
    }
  };

/** A web page in place of an answer may also be a server in trouble, so its word is not taken for ever. */
const BELIEVED_MS = 5 * 60_000;

/**
 * Empty on a version that has no such list, which is asked again only after a while, or after an upgrade. A server that has the
 * list and is broken still fails.
 */
export const optionalSet = <T>(versionedClient: VersionedClient, read: SetReader<T>): SetReader<T> => {
  let lacking: { readonly version: string; readonly until: number } | null = null;
  return async (scope, onShortfall) => {
    const version = versionedClient.last?.serverVersion;
    if (lacking !== null && lacking.version === version && Date.now() < lacking.until) {
      scope.ledger.countRead(lacking.until);
      return [];
    }
    try {
      return await read(scope, onShortfall);
    } catch (error) {
      if (!isNotHere(error)) throw error;
      if (version !== undefined) lacking = { version, until: Date.now() + BELIEVED_MS };
      return [];
    }
  };
};

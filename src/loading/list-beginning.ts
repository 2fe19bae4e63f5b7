import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';

/**
 * Beginnings of the lists of each client. The first call goes alone; after one in vain, whichever it is, its lists are not read so any
 * more. Those that were under way together may all be in vain, once.
 */
export class Beginnings<T> {
  readonly #fits = new WeakMap<object, Promise<boolean>>();

  /** See {@link listBeginning}. */
  async read(
    client: object,
    list: UpstreamList<T>,
    wanted: number,
    sizes: readonly number[],
  ): Promise<ListPage<T> | null> {
    const first = this.#fits.get(client);
    if (first && !(await first)) return null;
    const page = listBeginning(list, wanted, sizes);
    // A call that fails says nothing of the order of rows.
    const fits = page.then(
      (read) => read !== null || !sizes.some((size) => size > wanted),
      () => true,
    );
    if (!first) this.#fits.set(client, fits);
    else if (!(await fits)) this.#fits.set(client, fits);
    return page;
  }
}

/**
 * The first rows of a list by a call for not many more of them. Null where they are to be taken from a whole page: where many are
 * wanted, or where rows share what the list is sorted by. Each call puts those in an order of its own, so that a walk that goes on in
 * whole pages would repeat some of them and lose others.
 */
const listBeginning = async <T>(
  list: UpstreamList<T>,
  wanted: number,
  sizes: readonly number[],
): Promise<ListPage<T> | null> => {
  // One row more shows whether the last one shares its place with others.
  const limit = sizes.find((size) => size > wanted);
  if (limit === undefined) return null;
  const page = await list.read({ offset: 0, limit }, false);
  const needed = page.rows.slice(0, wanted + 1);
  const places = new Set(needed.flatMap((row) => (row ? [list.tieOf(row)] : [])));
  return places.size === Math.min(page.total, wanted + 1) ? page : null;
};

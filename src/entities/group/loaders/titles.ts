import { decodeGlobalId, type RowRef } from '#lib/record-ref.ts';

/** Titles of records that global ids of one type name; blank for those that are unknown. */
export const titlesOfRecords =
  <Record>(
    type: string,
    find: (ref: RowRef) => Promise<Record | null | undefined>,
    titleOf: (record: Record) => string,
  ) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const titled = async (id: string): Promise<readonly [string, string]> => {
      const record = await find(decodeGlobalId(id, type));
      return [id, record ? titleOf(record) : ''];
    };
    return new Map(await Promise.all(ids.map(titled)));
  };

import { decodeGlobalId, encodeGlobalId, type RowRef } from '#lib/record-ref.ts';
import type { Dimension } from '../model.ts';

/** Records that rows name by their ids, and what people call them. */
interface NamedRecords<Row, Record> {
  readonly type: string;
  readonly idsOf: (row: Row) => readonly string[];
  readonly find: (ref: RowRef) => Promise<Record | null | undefined>;
  readonly titleOf: (record: Record) => string;
  /** @default unknown */
  readonly none?: string;
}

/** Rows by the records of one type that they name: the values are global ids. Titles of unknown records are blank. */
export const recordDimension = <Row extends { readonly source: string }, Record>({
  type,
  idsOf,
  find,
  titleOf,
  none = 'unknown',
}: NamedRecords<Row, Record>): Omit<Dimension<Row>, 'name'> => {
  const titled = async (globalId: string): Promise<readonly [string, string]> => {
    const record = await find(decodeGlobalId(globalId, type));
    return [globalId, record ? titleOf(record) : ''];
  };
  return {
    none,
    valuesOf: (row) => idsOf(row).map((id) => encodeGlobalId({ type, source: row.source, id })),
    titlesOf: async (globalIds) => new Map(await Promise.all(globalIds.map(titled))),
    namesRecords: true,
  };
};

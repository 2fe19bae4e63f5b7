import { z } from 'zod';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { ShortfallListener } from '../list-support.ts';

/** Where rows come from, and who is told about the ones that cannot be read. */
export interface RowReader {
  readonly source: string;
  /** Told once per upstream answer that held unreadable rows; `reasons` name fields and expectations, never values. */
  readonly onInvalidRows: (report: InvalidRows) => void;
}

export interface InvalidRows {
  readonly source: string;
  readonly endpoint: string;
  readonly dropped: number;
  readonly reasons: readonly string[];
}

/** What an upstream row becomes: `null` is an unreadable row, reported once, whose neighbours stay. */
export const readRows = <Row, Model>(
  reader: RowReader,
  endpoint: string,
  schema: z.ZodType<Row>,
  toModel: (source: string, row: Row) => Model,
  rows: readonly unknown[],
): readonly (Model | null)[] => {
  const reasons = new Set<string>();
  let dropped = 0;
  const models = rows.map((row) => {
    const read = schema.safeParse(row);
    if (read.success) return toModel(reader.source, read.data);
    dropped += 1;
    for (const issue of read.error.issues) reasons.add(`${issue.path.join('.') || 'row'}: ${issue.code}`);
    return null;
  });
  if (dropped > 0)
    reader.onInvalidRows({ source: reader.source, endpoint, dropped, reasons: [...reasons].slice(0, 10) });
  return models;
};

const listBody = z.object({ data: z.array(z.unknown()) });
const pagedBody = listBody.extend({ pagination: z.object({ total: z.number().int().nonnegative() }) });
const singleBody = z.object({ data: z.unknown() });

const read = <T>(source: string, endpoint: string, schema: z.ZodType<T>, body: unknown): T => {
  const answer = schema.safeParse(body);
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  const where = issue ? `${issue.path.join('.') || 'body'}: ${issue.code}` : 'body';
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    source,
    `The source "${source}" answered ${endpoint} in a shape that is not known (${where}).`,
    { endpoint },
  );
};

/** @throws UpstreamError UPSTREAM_INVALID_RESPONSE when the envelope cannot be understood, as the two below do. */
export const readPage = <Row, Model>(
  reader: RowReader,
  endpoint: string,
  schema: z.ZodType<Row>,
  toModel: (source: string, row: Row) => Model,
  body: unknown,
): ListPage<Model> => {
  const { data, pagination } = read(reader.source, endpoint, pagedBody, body);
  const rows = readRows(reader, endpoint, schema, toModel, data);
  return { rows, total: pagination.total, invalid: invalidOf(rows) };
};

/** A whole list in one answer, without the rows that could not be read. */
export interface ListAnswer<T> {
  readonly rows: readonly T[];
  /** How many were left out. */
  readonly invalid: number;
}

export const readList = <Row, Model>(
  reader: RowReader,
  endpoint: string,
  schema: z.ZodType<Row>,
  toModel: (source: string, row: Row) => Model,
  body: unknown,
): ListAnswer<Model> => {
  const { data } = read(reader.source, endpoint, listBody, body);
  const rows = readRows(reader, endpoint, schema, toModel, data);
  return { rows: rows.filter((row) => row !== null), invalid: invalidOf(rows) };
};

export const readSingle = <T>(reader: RowReader, endpoint: string, schema: z.ZodType<T>, body: unknown): T =>
  read(reader.source, endpoint, singleBody.extend({ data: schema }) as unknown as z.ZodType<{ data: T }>, body).data;

const invalidOf = (rows: readonly unknown[]): number => rows.filter((row) => row === null).length;

/** The rows of an answer, whose reader hears of those that are left out. */
export const rowsOf = async <T>(
  answer: Promise<ListAnswer<T>>,
  onShortfall?: ShortfallListener,
): Promise<readonly T[]> => {
  const { rows, invalid } = await answer;
  if (invalid > 0) onShortfall?.({ invalid, missing: 0 });
  return rows;
};

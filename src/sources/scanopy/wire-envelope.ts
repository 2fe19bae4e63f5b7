import { z } from 'zod';

const meta = z.object({ server_version: z.string().min(1) });

/** What the server says it is, on any of its answers; null on one that has no `meta` (health checks). */
export const serverVersionOf = (body: unknown): string | null => {
  const read = z.object({ meta }).safeParse(body);
  return read.success ? read.data.meta.server_version : null;
};

const page = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: z.object({ total_count: z.number().int().nonnegative() }) }),
});

/** The rows of a paged list. `has_more` is not read: it is true forever for some limits. @throws ZodError */
export const readPage = (body: unknown): { readonly rows: readonly unknown[]; readonly total: number } => {
  const { data, meta: of } = page.parse(body);
  return { rows: data, total: of.pagination.total_count };
};

const list = z.object({ data: z.array(z.unknown()).nullish() });

/** The rows of a list that is not paged; an empty success is `null`. @throws ZodError */
export const readList = (body: unknown): readonly unknown[] => list.parse(body).data ?? [];

const one = z.object({ data: z.unknown().optional() });

/** @throws ZodError */
export const readOne = (body: unknown): unknown => one.parse(body).data;

const versionAnswer = z.object({ data: z.object({ server_version: z.string().min(1) }) });

/** The answer of `/api/version`. @throws ZodError */
export const readVersionAnswer = (body: unknown): string => versionAnswer.parse(body).data.server_version;

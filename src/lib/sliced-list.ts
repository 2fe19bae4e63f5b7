import { getOrMake } from './get-or-make.ts';

/**
 * A list that can be counted and cut without being read whole. A slot is null where the upstream's row was unusable or
 * already seen: positions stay aligned with the upstream's, and holes are skipped when shown.
 */
export interface SlicedList<T> {
  count(): Promise<number>;
  slice(offset: number, limit: number): Promise<readonly (T | null)[]>;
}

export const arrayList = <T>(read: () => Promise<readonly T[]>): SlicedList<T> => {
  let rows: Promise<readonly T[]> | undefined;
  const whole = () => (rows ??= read());
  return {
    count: async () => (await whole()).length,
    slice: async (offset, limit) => (await whole()).slice(offset, offset + limit),
  };
};

/** A list that cannot be described before something else has been read. */
export const deferredList = <T>(open: () => Promise<SlicedList<T>>): SlicedList<T> => {
  let list: Promise<SlicedList<T>> | undefined;
  const opened = () => (list ??= open());
  return {
    count: async () => (await opened()).count(),
    slice: async (offset, limit) => (await opened()).slice(offset, limit),
  };
};

/** One aligned page of an upstream list; `rows[i]` sits at position `page * pageSize + i`. */
export interface ListPage<T> {
  readonly rows: readonly (T | null)[];
  readonly total: number;
  /** Rows that could not be read, and are null for that reason. */
  readonly invalid?: number;
  /** Rows that the server counts here and did not show, however it was asked; null, too. */
  readonly missing?: number;
}

/** Rows that an answer lacks. */
export interface Shortfall {
  /** Came, and could not be read. */
  readonly invalid: number;
  /** Counted by the server, and not shown. */
  readonly missing: number;
}

/**
 * A list over aligned pages (counted from 0), so that everybody's slices share the same pages.
 * @param onShortfall called with what is short, once for each page, and with rows repeated by pages that moved between calls
 */
export const pagedList = <T extends { readonly id: string }>(
  pageSize: number,
  page: (index: number) => Promise<ListPage<T>>,
  onShortfall: (short: Shortfall) => void = () => {},
): SlicedList<T> => {
  const reported = new Set<number>();
  const read = async (index: number): Promise<ListPage<T>> => {
    const answer = await page(index);
    if (!reported.has(index)) onShortfall({ invalid: answer.invalid ?? 0, missing: answer.missing ?? 0 });
    reported.add(index);
    return answer;
  };
  return {
    count: async () => (await read(0)).total,
    slice: async (offset, limit) => {
      if (limit <= 0) return [];
      const first = Math.floor(offset / pageSize);
      const head = await read(first);
      const end = Math.min(offset + limit, Math.max(head.total, first * pageSize + head.rows.length));
      const last = Math.max(first, Math.ceil(end / pageSize) - 1);
      const rest = await Promise.all(Array.from({ length: last - first }, (_, i) => read(first + 1 + i)));
      const { rows, repeats } = rowsOf([head, ...rest], pageSize);
      if (repeats > 0) onShortfall({ invalid: 0, missing: repeats });
      return rows.slice(offset - first * pageSize, end - first * pageSize);
    },
  };
};

interface DistinctRows<T> {
  readonly rows: readonly (T | null)[];
  readonly repeats: number;
}

/** Of one page, or two that follow each other, that were shown before: they are shared between requests and never changed. */
const ofFewPages = new WeakMap<ListPage<unknown>, WeakMap<ListPage<unknown>, DistinctRows<unknown>>>();

const rowsOf = <T extends { readonly id: string }>(
  pages: readonly ListPage<T>[],
  pageSize: number,
): DistinctRows<T> => {
  const [first, second] = pages;
  const distinct = () => withoutRepeats(pages.flatMap(({ rows }) => padded(rows, pageSize)));
  if (!first || first === second || pages.length > 2) return distinct();
  const known = getOrMake(ofFewPages, first, () => new WeakMap());
  return getOrMake(known, second ?? first, distinct) as DistinctRows<T>;
};

const padded = <T>(rows: readonly (T | null)[], size: number): (T | null)[] =>
  rows.length >= size ? rows.slice(0, size) : [...rows, ...Array<null>(size - rows.length).fill(null)];

/** Pages that moved between calls may repeat a row: the second one becomes a hole, in the place of a row that is not known. */
const withoutRepeats = <T extends { readonly id: string }>(rows: readonly (T | null)[]): DistinctRows<T> => {
  const seen = new Set<string>();
  let repeats = 0;
  const kept = rows.map((row) => {
    if (!row) return null;
    if (seen.has(row.id)) {
      repeats++;
      return null;
    }
    seen.add(row.id);
    return row;
  });
  return { rows: kept, repeats };
};

/**
 * Several lists as one, in order. A part that fails is left out and reported: one dead source never blanks the others.
 * When every part fails, the first failure is thrown.
 */
export const concatLists = <T>(
  parts: readonly SlicedList<T>[],
  onPartFailed: (error: unknown) => void = () => {},
): SlicedList<T> => {
  const failures = new Map<number, unknown>();
  const attempt = async <R>(index: number, run: () => Promise<R>, fallback: R): Promise<R> => {
    if (failures.has(index)) return fallback;
    try {
      return await run();
    } catch (error) {
      if (!failures.has(index)) {
        failures.set(index, error);
        if (failures.size === parts.length) throw failures.values().next().value;
        onPartFailed(error);
      }
      return fallback;
    }
  };
  const countOf = (part: SlicedList<T>, index: number) => attempt(index, () => part.count(), 0);

  return {
    count: async () => (await Promise.all(parts.map(countOf))).reduce((sum, n) => sum + n, 0),
    slice: async (offset, limit) => {
      const rows: (T | null)[] = [];
      let skip = offset;
      for (const [index, part] of parts.entries()) {
        const wanted = limit - rows.length;
        if (wanted <= 0) break;
        const isLast = index === parts.length - 1;
        const cut = skip > 0 || !isLast ? await countOf(part, index) : Number.POSITIVE_INFINITY;
        if (skip < cut) rows.push(...(await attempt(index, () => part.slice(skip, wanted), [])));
        skip = Math.max(0, skip - cut);
      }
      return rows;
    },
  };
};

import { compareText } from '#lib/compare.ts';

export type Groups<T> = ReadonlyMap<string, readonly T[]>;

/** By a key each, or by any number of them. */
export function groupBy<T>(items: Iterable<T>, keysOf: (item: T) => string | readonly string[]): Groups<T> {
  const groups = new Map<string, T[]>();
  const add = (key: string, item: T) => {
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  };
  for (const item of items) {
    const keys = keysOf(item);
    if (typeof keys === 'string') add(keys, item);
    else for (const key of keys) add(key, item);
  }
  return groups;
}

export const bySourceAndId = (a: { source: string; id: string }, b: { source: string; id: string }): number =>
  compareText(a.source, b.source) || compareText(a.id, b.id);

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

/** From a group that may change; one that is empty is forgotten. @returns whether it was there */
export const removeFrom = <T>(groups: Map<string, Set<T>>, key: string, item: T): boolean => {
  const group = groups.get(key);
  const wasThere = group?.delete(item) ?? false;
  if (group?.size === 0) groups.delete(key);
  return wasThere;
};

export const distinct = <T>(values: readonly T[]): readonly T[] => (values.length > 1 ? [...new Set(values)] : values);

export const bySourceAndId = (a: { source: string; id: string }, b: { source: string; id: string }): number =>
  compareText(a.source, b.source) || compareText(a.id, b.id);

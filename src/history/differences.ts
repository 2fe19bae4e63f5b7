import type { HistoryValue } from './history-store.ts';

/** What `before` had where the two differ; null where they do not. The order of a list makes no difference, nor does a field that is null. */
export const formerFields = (before: HistoryValue, after: HistoryValue): HistoryValue | null => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differing = [...names].filter((name) => comparable(before[name]) !== comparable(after[name]));
  return differing.length === 0 ? null : Object.fromEntries(differing.map((name) => [name, before[name] ?? null]));
};

const comparable = (value: unknown): string =>
  Array.isArray(value)
    ? JSON.stringify(value.map((item) => JSON.stringify(item)).sort())
    : JSON.stringify(value ?? null);

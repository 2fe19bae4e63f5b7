export type Compare<T> = (a: T, b: T) => number;

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By a value, smallest first or greatest first; rows without one come last either way. */
export const byValue =
  <T>(read: (row: T) => string | number | null, direction: 'ASC' | 'DESC'): Compare<T> =>
  (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === (direction === 'ASC') ? -1 : 1;
  };

/** Rows that the first finds equal go by the next. */
export const inTurn =
  <T>(...compares: readonly Compare<T>[]): Compare<T> =>
  (a, b) => {
    for (const compare of compares) {
      const verdict = compare(a, b);
      if (verdict !== 0) return verdict;
    }
    return 0;
  };

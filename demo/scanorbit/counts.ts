/** Number of rows by the value that `keyOf` gives them, in order of first appearance. */
export function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const key = keyOf(row);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

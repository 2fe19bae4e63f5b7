const FILTERED: ReadonlySet<unknown> = new Set(['low', 'medium', 'high']);

/** Whether a stored severity is one that the server filters by, in letters that its filter does not find: it compares exactly. */
export const isMissedByFilter = (severity: unknown): boolean =>
  typeof severity === 'string' && !FILTERED.has(severity) && FILTERED.has(severity.toLowerCase());

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether a decoded list of findings holds such a row. */
export const holdsMissedRows = (endpoint: string, body: unknown): boolean =>
  endpoint === '/findings' &&
  isRecord(body) &&
  Array.isArray(body.data) &&
  body.data.some((row) => isRecord(row) && isMissedByFilter(row.severity));

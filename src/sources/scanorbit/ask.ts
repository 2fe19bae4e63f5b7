import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { UpstreamCall } from '../transport/upstream-call.ts';

export type Ask = <T>(call: UpstreamCall<T>, scope: Scope) => Promise<T>;

interface Inspectors {
  /** Called for every answer that shows the edition of the server. */
  readonly onEdition: (edition: Edition) => void;
  /** Called for every answer with a row that the filter by severity misses. */
  readonly onMissedRows: () => void;
}

/** Asks through `transport`, and looks at every answer that is read. */
export const createAsk =
  (transport: Transport, { onEdition, onMissedRows }: Inspectors): Ask =>
  (call, scope) => {
    const parse = (body: unknown) => {
      const edition = editionOf(call.endpoint, body);
      if (edition) onEdition(edition);
      if (holdsMissedRows(call.endpoint, body)) onMissedRows();
      return call.parse(body);
    };
    return transport.request({ ...call, parse }, scope);
  };

export type Edition = 'documented' | 'observed';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The edition of the server that gave a decoded answer; null where both editions answer alike. */
const editionOf = (endpoint: string, body: unknown): Edition | null => {
  const data = isRecord(body) ? body.data : undefined;
  switch (endpoint) {
    case '/resources/stats':
      return byKeys(data, 'totalResources', 'totalCount');
    case '/findings/stats':
      return byKeys(data, 'totalFindings', 'total');
    case '/organization':
      return isRecord(data) ? ('tier' in data ? 'documented' : 'observed') : null;
    case '/resources/{id}/dependencies':
    case '/resources/{id}/dependents':
      return Array.isArray(data) ? byKeys(data[0], 'resourceId', 'relationshipType') : null;
    default:
      return null;
  }
};

const byKeys = (data: unknown, documented: string, observed: string): Edition | null => {
  if (!isRecord(data)) return null;
  if (observed in data) return 'observed';
  return documented in data ? 'documented' : null;
};

const FILTERED: ReadonlySet<unknown> = new Set(['low', 'medium', 'high']);

/** Whether a stored severity is one that the server filters by, in letters that its filter does not find: it compares exactly. */
export const isMissedByFilter = (severity: unknown): boolean =>
  typeof severity === 'string' && !FILTERED.has(severity) && FILTERED.has(severity.toLowerCase());

/** Whether a decoded list of findings holds such a row. */
const holdsMissedRows = (endpoint: string, body: unknown): boolean =>
  endpoint === '/findings' &&
  isRecord(body) &&
  Array.isArray(body.data) &&
  body.data.some((row) => isRecord(row) && isMissedByFilter(row.severity));

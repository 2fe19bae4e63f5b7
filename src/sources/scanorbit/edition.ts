export type Edition = 'documented' | 'observed';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a decoded answer tells about the edition of its server; null where both answer alike. */
export const editionOf = (endpoint: string, body: unknown): Edition | null => {
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

export const BASE_PATH = '/api/v1';

/** The route that a path below the base means. */
export interface Route {
  /** With `{id}` in place of an id; `` when there is no such path. */
  readonly endpoint: string;
  readonly id: string;
}

const fixedPaths: ReadonlySet<string> = new Set([
  'resources',
  'resources/stats',
  'resources/regions',
  'resources/services',
  'findings',
  'findings/stats',
  'scans/active',
  'scans/recent',
  'accounts',
  'organization',
]);

/** Segments are decoded once, after the path was cut: an encoded slash stays within its segment. */
export function readPath(path: string): Route {
  const none = { endpoint: '', id: '' };
  if (!path.startsWith(`${BASE_PATH}/`)) return none;
  const [kind = '', id = '', below, ...rest] = path
    .slice(BASE_PATH.length + 1)
    .split('/')
    .map(decoded);
  if (rest.length > 0) return none;
  if (below !== undefined) {
    const edges = below === 'dependencies' || below === 'dependents';
    return kind === 'resources' && id !== '' && edges ? { endpoint: `/resources/{id}/${below}`, id } : none;
  }
  const fixed = id === '' ? kind : `${kind}/${id}`;
  if (fixedPaths.has(fixed)) return path.endsWith('/') ? none : { endpoint: `/${fixed}`, id: '' };
  if (id !== '' && ['resources', 'findings', 'scans'].includes(kind)) return { endpoint: `/${kind}/{id}`, id };
  return none;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

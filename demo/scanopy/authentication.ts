import type { ErrorBody } from './envelope.ts';
import type { WireVersion } from './wire-version.ts';

/** What became of a key. A deleted one is no other than one that never was. */
export type KeyState = 'active' | 'disabled' | 'expired' | 'deleted';

const KEY_PREFIX = 'scp_u_';

/** Case and the single space matter: anything else is no credential at all. */
const bearerOf = (header: string | undefined): string | null => /^Bearer (\S.*)$/.exec(header ?? '')?.[1] ?? null;

/** Null: the key is good. */
export function refusalOf(
  wire: WireVersion,
  header: string | undefined,
  keys: ReadonlyMap<string, KeyState>,
): ErrorBody | null {
  const presented = bearerOf(header);
  const state = (presented !== null && keys.get(presented)) || 'deleted';
  if (state === 'active') return null;
  if (state !== 'deleted') {
    return { status: 403, error: `API key is ${state}`, code: `entity_${state}`, params: { entity: 'API key' } };
  }
  const foreign = presented !== null && !presented.startsWith(KEY_PREFIX);
  if (foreign && wire.has('foreignBearerForbidden')) {
    return { status: 403, error: 'Daemon context required', code: 'auth_daemon_required' };
  }
  return { status: 401, error: 'Not authenticated', code: 'auth_not_authenticated' };
}

import type { ErrorBody } from './envelope.ts';
import type { WireVersion } from './wire-version.ts';

const KEY_PREFIX = 'scp_u_';

/** Case and the single space matter: anything else is no credential at all. */
const bearerOf = (header: string | undefined): string | null => /^Bearer (\S.*)$/.exec(header ?? '')?.[1] ?? null;

/** Null: the key is good. */
export function refusalOf(wire: WireVersion, header: string | undefined, apiKey: string): ErrorBody | null {
  const presented = bearerOf(header);
  if (presented === apiKey) return null;
  const foreign = presented !== null && !presented.startsWith(KEY_PREFIX);
  if (foreign && wire.has('foreignBearerForbidden')) {
    return { status: 403, error: 'Daemon authentication required', code: 'auth_daemon_required' };
  }
  return { status: 401, error: 'Not authenticated', code: 'auth_not_authenticated' };
}

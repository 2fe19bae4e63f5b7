import type { DemoAnswer, DemoRequest } from '../http.ts';
import { type ErrorBody, errorReply } from './envelope.ts';
import { ANONYMOUS_BUCKET, createBuckets, passedHeaders, refusedHeaders, USER_BUCKET } from './rate-limit.ts';
import type { WireVersion } from './wire-version.ts';

/** What became of a key. A deleted one is no other than one that never was. */
export type KeyState = 'active' | 'disabled' | 'expired' | 'deleted';

const KEY_PREFIX = 'scp_u_';

/** Case and the single space matter: anything else is no credential at all. */
const bearerOf = (header: string | undefined): string | null => /^Bearer (\S.*)$/.exec(header ?? '')?.[1] ?? null;

/** Null: the key is good. */
function refusalOf(
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

export interface GateOptions {
  /** All of one user, who has one bucket for them all. */
  readonly keys: ReadonlyMap<string, KeyState>;
  readonly clock: () => number;
  /** False lets everything pass, without headers. */
  readonly rateLimit: boolean;
}

/** Counts first, then asks for the key: a refused key burns what is left for strangers. */
export function createGate({ keys, clock, rateLimit }: GateOptions) {
  const take = createBuckets(clock);
  return (wire: WireVersion, request: DemoRequest, keyNeeded: boolean, answer: () => DemoAnswer): DemoAnswer => {
    const refusal = refusalOf(wire, request.headers.authorization, keys);
    const [bucket, size] =
      refusal === null ? (['user', USER_BUCKET] as const) : (['stranger', ANONYMOUS_BUCKET] as const);
    const decision = rateLimit ? take(bucket, size) : { allowed: true, waitSeconds: 0 };
    if (!decision.allowed) return tooMany(wire, decision.waitSeconds);
    const reply = refusal !== null && keyNeeded ? errorReply(wire.version, refusal) : answer();
    return rateLimit ? { ...reply, headers: { ...reply.headers, ...passedHeaders(wire) } } : reply;
  };
}

/** Without a code, unlike most errors. */
function tooMany(wire: WireVersion, waitSeconds: number): DemoAnswer {
  const headers = refusedHeaders(wire, waitSeconds);
  const error = `Rate limit exceeded. Try again in ${headers['retry-after']} seconds.`;
  const reply = errorReply(wire.version, { status: 429, error });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

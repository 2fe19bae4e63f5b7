import { hash } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { GatewayError } from '#lib/gateway-error.ts';
import { type Authenticator, type AuthOptions, bearerToken, tenantViewer, type Viewer } from './viewer.ts';

/** Keys are asymmetric: a shared secret would let every verifier mint tokens. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** The keys that an issuer publishes at an address, fetched when they are needed. */
export type KeysAt = (url: string) => JWTVerifyGetKey;

/** Tokens whose check is remembered, by their digest. */
const MOST_TOKENS = 10_000;
/** A token is checked anew after this: its key may have been withdrawn. As long as the issuer's keys are kept. */
const CHECKED_FOR_MS = 10 * 60_000;

/**
 * Mode `jwt`: signature by the issuer's published keys, then issuer, audience and time. Where tenants are configured, the
 * tenant claim decides; a token without one is refused.
 */
export const jwtAuthenticator = (auth: AuthOptions, keysAt: KeysAt): Authenticator => {
  const options = auth.jwt;
  if (!options) throw new Error('Mode "jwt" has no settings; the configuration should have refused that.');
  const keys = keysAt(options.jwksUrl);
  const hasTenants = Object.keys(auth.tenants).length > 0;
  const { issuer, audience, tenantClaim } = options;
  const checked = new LRUCache<string, { readonly viewer: Viewer; readonly until: number }>({ max: MOST_TOKENS });
  return async (headers) => {
    const token = bearerToken(headers);
    if (!token)
      throw new GatewayError('UNAUTHENTICATED', 'Expected a token in the header Authorization: Bearer, got none.');
    const digest = hash('sha256', token, 'base64');
    const known = checked.get(digest);
    if (known && Date.now() < known.until) return known.viewer;
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp'],
    }).catch(refused);
    const tenant = hasTenants ? tenantOf(payload, tenantClaim) : null;
    const expiresAt = Number(payload.exp) * 1000;
    const viewer = { ...tenantViewer(auth, String(payload.sub ?? 'token'), tenant), expiresAt };
    checked.set(digest, { viewer, until: Math.min(expiresAt, Date.now() + CHECKED_FOR_MS) });
    return viewer;
  };
};

const refused = (error: unknown): never => {
  if (error instanceof errors.JWTExpired) throw new GatewayError('UNAUTHENTICATED', 'The token has expired.');
  if (!(error instanceof errors.JOSEError) || isOfKeys(error)) throw error;
  throw new GatewayError('UNAUTHENTICATED', 'The token is not valid here.');
};

/** Whether the issuer's keys could not be fetched. Then it is not known whether the token is valid. */
const isOfKeys = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC';

const tenantOf = (payload: JWTPayload, claim: string): string => {
  const tenant = payload[claim];
  if (typeof tenant === 'string' && tenant) return tenant;
  throw new GatewayError('FORBIDDEN', `The token names no tenant (claim "${claim}").`);
};

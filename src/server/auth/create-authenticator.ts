import { createHash, timingSafeEqual } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import { Secret } from '#lib/secret.ts';
import { jwtAuthenticator } from './jwt.ts';
import { type Authenticator, type AuthOptions, bearerToken, tenantViewer, type Viewer } from './viewer.ts';

/** The authenticator for the configured mode. */
export const createAuthenticator = ({ auth, sources }: GatewayConfig): Authenticator => {
  switch (auth.mode) {
    case 'none':
      return openToAll;
    case 'api-key':
      return apiKeyAuthenticator(auth);
    case 'jwt':
      return jwtAuthenticator(auth);
    case 'passthrough':
      return passthroughAuthenticator(sources);
  }
};

const EVERYONE: Viewer = Object.freeze({ id: 'anonymous', tenant: null, sources: null, credentials: null });

/** Mode `none`: whoever can reach the gateway sees every source. */
const openToAll = (): Viewer => EVERYONE;

/** Mode `api-key`: `X-API-Key: …` or `Authorization: Bearer …`. The configuration knows only hashes. */
const apiKeyAuthenticator = (auth: AuthOptions): Authenticator => {
  const known = auth.keys.map((key) => ({ ...key, digest: Buffer.from(key.sha256, 'hex') }));
  return (headers) => {
    const header = headers['x-api-key'];
    const given = typeof header === 'string' ? header : bearerToken(headers);
    if (!given) throw new GatewayError('UNAUTHENTICATED', 'Expected an API key in the header X-API-Key, got none.');
    const digest = createHash('sha256').update(given).digest();
    // All keys are compared even after a match, so that the response time reveals nothing about them.
    const matches = known.filter((key) => timingSafeEqual(key.digest, digest));
    const key = matches[0];
    if (!key) throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
    return tenantViewer(auth, key.name, key.tenant ?? null);
  };
};

const SOURCE_KEY_HEADER = 'x-source-key-';

/**
 * Mode `passthrough`: the caller brings an upstream key for each source, in `X-Source-Key-<source name>`. Sources without one
 * do not exist for the caller; whether a key is valid is decided by the upstream.
 */
const passthroughAuthenticator =
  (configured: GatewayConfig['sources']): Authenticator =>
  (headers) => {
    const credentials = new Map(
      configured.flatMap(({ name }) => {
        const key = headers[`${SOURCE_KEY_HEADER}${name}`];
        return typeof key === 'string' && key ? [[name, new Secret(key)] as const] : [];
      }),
    );
    if (credentials.size === 0) {
      const names = configured.map(({ name }) => `X-Source-Key-${name}`).join(', ');
      throw new GatewayError('UNAUTHENTICATED', `Expected your own key of at least one source, in ${names}; got none.`);
    }
    const id = [...credentials.values()].map((key) => key.fingerprint).join('+');
    return { id, tenant: null, sources: null, credentials };
  };

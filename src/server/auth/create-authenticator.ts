import { hash } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import { Secret } from '#lib/secret.ts';
import { jwtAuthenticator, type KeysAt } from './jwt.ts';
import { type Authenticator, type AuthOptions, bearerToken, tenantViewer, type Viewer } from './viewer.ts';

/** The authenticator for the configured mode. */
export const createAuthenticator = ({ auth, sources }: GatewayConfig, keysAt: KeysAt): Authenticator => {
  switch (auth.mode) {
    case 'none':
      return openToAll;
    case 'api-key':
      return apiKeyAuthenticator(auth);
    case 'jwt':
      return jwtAuthenticator(auth, keysAt);
    case 'passthrough':
      return passthroughAuthenticator(sources);
  }
};

export const EVERYONE: Viewer = Object.freeze({ id: 'anonymous', tenant: null, sources: null, credentials: null });

/** Mode `none`: whoever can reach the gateway sees every source. */
const openToAll = (): Viewer => EVERYONE;

/** Mode `api-key`: `X-API-Key: …` or `Authorization: Bearer …`. The configuration knows only hashes. */
const apiKeyAuthenticator = (auth: AuthOptions): Authenticator => {
  // Found by digest: how long that takes reveals nothing of a key, since nobody can choose the digest of what they send.
  const names = new Map(auth.keys.map((key) => [key.sha256.toLowerCase(), key]));
  const viewers = new Map<string, Viewer>();
  return (headers) => {
    const header = headers['x-api-key'];
    const given = typeof header === 'string' ? header : bearerToken(headers);
    if (!given) throw new GatewayError('UNAUTHENTICATED', 'Expected an API key in the header X-API-Key, got none.');
    const digest = hash('sha256', given);
    const key = names.get(digest);
    if (!key) throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
    const viewer = viewers.get(digest) ?? tenantViewer(auth, key.name, key.tenant ?? null);
    viewers.set(digest, viewer);
    return viewer;
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
      const keyHeaders = configured.map(({ name }) => `X-Source-Key-${name}`);
      const message = `Expected your own key of at least one source, in ${keyHeaders.join(', ')}; got none.`;
      throw new GatewayError('UNAUTHENTICATED', message, { keyHeaders });
    }
    const id = [...credentials.values()].map((key) => key.fingerprint).join('+');
    return { id, tenant: null, sources: null, credentials };
  };

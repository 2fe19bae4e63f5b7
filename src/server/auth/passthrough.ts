import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import { Secret } from '#lib/secret.ts';
import type { Authenticator } from './authenticator.ts';

const HEADER = 'x-source-key-';

/**
 * Mode `passthrough`: the caller brings an upstream key for each source, in `X-Source-Key-<source name>`. Sources without one
 * do not exist for the caller; whether a key is valid is decided by the upstream.
 */
export const passthroughAuthenticator =
  (configured: GatewayConfig['sources']): Authenticator =>
  (headers) => {
    const credentials = new Map(
      configured.flatMap(({ name }) => {
        const key = headers[`${HEADER}${name}`];
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

import { createHash, timingSafeEqual } from 'node:crypto';
import { GatewayError } from '#lib/gateway-error.ts';
import type { Authenticator } from './authenticator.ts';
import { bearerToken } from './bearer-token.ts';
import { type AuthOptions, tenantViewer } from './tenant-viewer.ts';

/** Mode `api-key`: `X-API-Key: …` or `Authorization: Bearer …`. The configuration knows only hashes. */
export const apiKeyAuthenticator = (auth: AuthOptions): Authenticator => {
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

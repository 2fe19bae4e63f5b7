import type { GatewayConfig } from '#config/config.ts';
import { apiKeyAuthenticator } from './api-key.ts';
import type { Authenticator } from './authenticator.ts';
import { jwtAuthenticator } from './jwt.ts';
import { openToAll } from './open-to-all.ts';
import { passthroughAuthenticator } from './passthrough.ts';

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

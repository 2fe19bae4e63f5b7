import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { apiKeyAuthenticator } from './api-key.ts';
import { jwtAuthenticator } from './jwt.ts';
import { openToAll } from './open-to-all.ts';
import { passthroughAuthenticator } from './passthrough.ts';
import type { Viewer } from './viewer.ts';

/** Says who asks. @throws GatewayError UNAUTHENTICATED or FORBIDDEN. */
export type Authenticator = (headers: IncomingHttpHeaders) => Viewer | Promise<Viewer>;

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

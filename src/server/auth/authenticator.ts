import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from './viewer.ts';

/** Says who asks. @throws GatewayError UNAUTHENTICATED or FORBIDDEN. */
export type Authenticator = (headers: IncomingHttpHeaders) => Viewer | Promise<Viewer>;

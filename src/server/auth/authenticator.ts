import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from './viewer.ts';

/** Identifies the caller of a request. @throws GatewayError UNAUTHENTICATED or FORBIDDEN. */
export type Authenticator = (headers: IncomingHttpHeaders) => Viewer | Promise<Viewer>;

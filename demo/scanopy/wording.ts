import type { FaultWording } from '../fault-delivery.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { errorReply } from './envelope.ts';

/** How a failing Scanopy server words it; the text of a 500 may hold SQL. @param version asked at every failure. */
export const faultWording = (version: () => string): FaultWording => ({
  serverError: () => errorReply(version(), { status: 500, error: `Database error: ${DEMO_SECRET.databaseError}` }),
  poolExhausted: () =>
    errorReply(version(), { status: 500, error: 'pool timed out while waiting for an open connection' }),
  unavailable: () => ({
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<h1>503 Service Unavailable</h1>',
  }),
  unauthorized: () => errorReply(version(), { status: 401, code: 'auth_session_expired', error: 'Session expired' }),
  rateLimited: () => errorReply(version(), { status: 429, error: 'Rate limit exceeded. Try again in 1 seconds.' }),
});

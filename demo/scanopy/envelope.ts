import type { FaultWording } from '../fault-delivery.ts';
import { type DemoAnswer, jsonAnswer } from '../http.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import type { WireObject } from './wire-provenance.ts';

export interface PageMeta {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** Never moves, whatever else does. */
const API_VERSION = 1;

const metaOf = (version: string): WireObject => ({ api_version: API_VERSION, server_version: version });

const jsonReply = (status: number, body: unknown): DemoAnswer =>
  jsonAnswer(status, body, { 'cache-control': 'no-store' });

export const okReply = (version: string, data: unknown): DemoAnswer =>
  jsonReply(200, { success: true, data, meta: metaOf(version) });

/** Asked for everything (`limit=0`), the server sends everything and still says that there is more. */
export function pageReply(version: string, data: unknown, { total, limit, offset }: PageMeta): DemoAnswer {
  const pagination = { total_count: total, limit, offset, has_more: offset + limit < total };
  return jsonReply(200, { success: true, data, meta: { ...metaOf(version), pagination } });
}

export interface ErrorBody {
  readonly status: number;
  readonly error: string;
  readonly code?: string;
  readonly params?: WireObject;
}

export const errorReply = (version: string, { status, ...body }: ErrorBody): DemoAnswer =>
  jsonReply(status, { success: false, ...body, meta: metaOf(version) });

/** @param entity what the thing belongs to, or the thing itself; the code is the same for all of them. */
export const accessDenied = (version: string, entity: string, id: string | null): DemoAnswer =>
  errorReply(version, {
    status: 403,
    code: 'entity_access_denied',
    error: `You don't have access to this ${entity}`,
    params: { entity, id },
  });

export const textReply = (status: number, body: string): DemoAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

/** An unknown path: the web UI's shell where it is served, else nothing at all. */
export const unknownPathReply = (webUi: boolean): DemoAnswer =>
  webUi
    ? {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><html><head><title>Scanopy</title></head><body><div id="app"></div></body></html>',
      }
    : { status: 404, headers: {}, body: '' };

/** The answers of a failing Scanopy server; the text of a 500 may hold SQL. @param version asked at every failure. */
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

import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { isAllowedOrigin } from './cors.ts';

const SIMPLE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;
const PREFLIGHTED_HEADERS = ['x-requested-with', 'apollo-require-preflight', 'graphql-require-preflight'];

/**
 * Whether a page of another site could make a browser send this request without a preflight request. Browsers state the origin in
 * `Sec-Fetch-Site`; programs do not send that header and are not restricted. Some browsers do not send it either, so a document in the
 * URL is refused from everybody unless `queriesOverGet` is set.
 */
export const isForgeable = (
  { method, url, headers }: IncomingMessage,
  { cors: { origins }, queriesOverGet }: GatewayConfig['server'],
): boolean => {
  if (isPreflighted(headers)) return false;
  if (method === 'POST' && headers['content-type']) return true;
  if (!queriesOverGet && method !== 'POST' && hasDocument(url)) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return headers.origin === undefined || !isAllowedOrigin(origins, headers.origin);
};

/** Whether a browser would have sent a preflight request first, if a page of another site had sent this. */
const isPreflighted = (headers: IncomingMessage['headers']): boolean => {
  if (PREFLIGHTED_HEADERS.some((name) => headers[name] !== undefined)) return true;
  const type = headers['content-type'];
  return Boolean(type) && !SIMPLE_TYPES.test(String(type));
};

const hasDocument = (url = ''): boolean => new URLSearchParams(url.split('?', 2)[1]).has('query');

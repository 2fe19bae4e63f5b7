import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { isAllowedOrigin } from './cors.ts';

const SIMPLE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;
const PREFLIGHTED_HEADERS = ['x-requested-with', 'apollo-require-preflight', 'graphql-require-preflight'];

/**
 * A request that a foreign page could make a browser send without asking first (no preflight). Browsers say where a request
 * comes from in `Sec-Fetch-Site`; programs send no such header and are not meant. A document in an address is refused whoever sends
 * it, unless `queriesOverGet`: not every browser says where a request comes from.
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

/** Whether a browser would have asked first, had a foreign page sent this. */
const isPreflighted = (headers: IncomingMessage['headers']): boolean => {
  if (PREFLIGHTED_HEADERS.some((name) => headers[name] !== undefined)) return true;
  const type = headers['content-type'];
  return Boolean(type) && !SIMPLE_TYPES.test(String(type));
};

const hasDocument = (url = ''): boolean => new URLSearchParams(url.split('?', 2)[1]).has('query');

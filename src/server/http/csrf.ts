import type { IncomingMessage } from 'node:http';
import { isAllowedOrigin } from './cors.ts';

const SIMPLE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;
const PREFLIGHTED_HEADERS = ['x-requested-with', 'apollo-require-preflight', 'graphql-require-preflight'];

/**
 * A request that a foreign page could make a browser send without asking first (no preflight). Browsers say where a request
 * comes from in `Sec-Fetch-Site`; programs send no such header and are not meant.
 */
export const isForgeable = ({ method, headers }: IncomingMessage, origins: readonly string[]): boolean => {
  if (PREFLIGHTED_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const isSimple =
    method === 'GET' || method === 'HEAD' || !headers['content-type'] || SIMPLE_TYPES.test(headers['content-type']);
  if (!isSimple) return false;
  if (method === 'POST' && headers['content-type']) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return headers.origin === undefined || !isAllowedOrigin(origins, headers.origin);
};

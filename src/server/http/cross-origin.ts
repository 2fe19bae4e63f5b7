import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';

type CorsOptions = GatewayConfig['server']['cors'];

/** Lets listed origins read answers. @returns true when this was a preflight request, which is answered now. */
export const answerCors = (
  { origins, credentials }: CorsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const origin = request.headers.origin;
  const isPreflight = request.method === 'OPTIONS';
  // Also of requests without it: what a browser has stored of the gateway's own pages must not answer another origin.
  if (origins.length > 0) response.setHeader('vary', 'Origin');
  if (origin !== undefined && isAllowedOrigin(origins, origin)) {
    response.setHeader('access-control-allow-origin', origins.includes('*') && !credentials ? '*' : origin);
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    if (credentials) response.setHeader('access-control-allow-credentials', 'true');
    if (isPreflight) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader(
        'access-control-allow-headers',
        request.headers['access-control-request-headers'] ?? 'content-type',
      );
      response.setHeader('access-control-max-age', '600');
    } else {
      response.setHeader('access-control-expose-headers', 'x-request-id, retry-after');
    }
  }
  if (isPreflight) response.writeHead(204).end();
  return isPreflight;
};

/** Whether a page of another origin, which is not listed, sent this: browsers say in `Origin` where a page is from, programs do not. */
export const isForeign = ({ headers }: IncomingMessage, origins: readonly string[]): boolean => {
  const { origin, host } = headers;
  if (origin === undefined || isAllowedOrigin(origins, origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
};

const isAllowedOrigin = (origins: readonly string[], origin: string): boolean =>
  origins.includes('*') || origins.includes(origin);

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

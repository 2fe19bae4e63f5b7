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
  if (origin !== undefined && isAllowedOrigin(origins, origin)) {
    response.setHeader('access-control-allow-origin', origins.includes('*') && !credentials ? '*' : origin);
    response.setHeader('vary', 'Origin');
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

export const isAllowedOrigin = (origins: readonly string[], origin: string): boolean =>
  origins.includes('*') || origins.includes(origin);

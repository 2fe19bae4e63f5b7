import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { refuse } from './refuse.ts';

/** Whether the body is compressed or encoded in another way, which the gateway does not support. */
export const isEncoded = ({ 'content-encoding': coding }: IncomingHttpHeaders): boolean =>
  coding !== undefined && coding.toLowerCase() !== 'identity';

/** The header `Accept-Encoding` of the answer states what is accepted (RFC 9110, section 12.5.3). */
export const refuseEncoded = (headers: IncomingHttpHeaders, response: ServerResponse): void => {
  response.setHeader('accept-encoding', 'identity');
  refuse(
    response,
    415,
    'BAD_USER_INPUT',
    `Expected a body without content-encoding, got ${headers['content-encoding']}.`,
  );
};

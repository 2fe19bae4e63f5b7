import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '#lib/gateway-error.ts';

/** Answers in GraphQL's shape before GraphQL is reached. */
export const refuse = (
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): void => {
  const body = JSON.stringify({ errors: [{ message, extensions: { ...details, code } }] });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
};

/**
 * Refuses a body that is longer than allowed. What is left of it is not read, and its connection is closed, unless it comes from an
 * answering thread, which reads no answer before it has sent everything.
 */
export const refuseLong = (
  request: IncomingMessage,
  response: ServerResponse,
  bodyBytes: number,
  isFromThread: boolean,
): void => {
  if (isFromThread) request.resume();
  else response.setHeader('connection', 'close');
  refuse(response, 413, 'BAD_USER_INPUT', `Expected at most ${bodyBytes} bytes, got more.`);
};

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

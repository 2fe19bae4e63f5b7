import type { ServerResponse } from 'node:http';
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

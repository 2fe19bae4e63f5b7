import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { GatewayError } from '#lib/gateway-error.ts';

/**
 * The one way from any error to what a client sees. Our own errors keep message, code and details; graphql's own
 * complaints about the request stay as they are; everything else is masked, under an id that `log` gets with the cause.
 */
export const mapError = (error: unknown, log: (cause: unknown, errorId: string) => void): GraphQLError => {
  const cause = rootCause(error);
  if (cause instanceof GatewayError) {
    return shaped(error, cause.message, { ...cause.details, code: cause.code });
  }
  if (cause instanceof GraphQLError && isAboutTheRequest(cause, error)) {
    return shaped(error, cause.message, { code: 'BAD_USER_INPUT', ...cause.extensions });
  }
  const errorId = randomUUID();
  log(cause, errorId);
  return shaped(error, 'Something went wrong on our side.', { code: 'INTERNAL_SERVER_ERROR', errorId });
};

const rootCause = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error;

/** Complaints about a request point at its document (or have a code already); a failure to serialize a result does not. */
const isAboutTheRequest = (cause: GraphQLError, error: unknown): boolean =>
  cause.extensions['code'] !== undefined ||
  Boolean(cause.nodes?.length || cause.positions?.length) ||
  (error === cause && cause.path === undefined);

const shaped = (error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError => {
  const { nodes = null, source = null, positions = null, path = null } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};

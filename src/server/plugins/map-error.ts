import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { ERROR_CODES, GatewayError } from '#lib/gateway-error.ts';

/**
 * Turns any error into what a client sees. Our own errors keep message, code and details, and errors of graphql-js about the request
 * stay as they are. Everything else is masked: the client gets an id, under which `log` gets the cause.
 */
export const mapError = (error: unknown, log: (cause: unknown, errorId: string) => void): GraphQLError => {
  const cause = chainOf(error).at(-1);
  if (cause instanceof GatewayError) {
    return shaped(error, cause.message, { ...cause.details, code: cause.code });
  }
  const requestError = requestErrorOf(error);
  if (requestError)
    return shaped(error, requestError.message, { ...requestError.extensions, code: codeOf(requestError) });
  const errorId = randomUUID();
  log(cause, errorId);
  return shaped(error, 'Something went wrong on our side.', { code: 'INTERNAL_SERVER_ERROR', errorId });
};

/** Names that GraphQL clients and tools know: documents that do not parse or validate, and persisted operations. */
const PROTOCOL_CODE = /^(GRAPHQL|PERSISTED_QUERY)_/;

/** Libraries use further codes for requests that they refuse. Clients see only the codes of our schema and of GraphQL protocols. */
const codeOf = ({ extensions: { code } }: GraphQLError): string =>
  typeof code === 'string' && (ERROR_CODES.some((known) => known === code) || PROTOCOL_CODE.test(code))
    ? code
    : 'BAD_USER_INPUT';

/** The error and what it wraps, outermost first. */
const chainOf = (error: unknown): unknown[] =>
  error instanceof GraphQLError && error.originalError ? [error, ...chainOf(error.originalError)] : [error];

/**
 * The error of graphql-js about the request, if it is one. Without a path it arose before execution. During execution, such an error
 * (an argument that cannot be used) has `nodes` that point at the document. An error without nodes is our fault: a resolver has
 * returned a value that its type does not allow.
 */
const requestErrorOf = (error: unknown): GraphQLError | undefined => {
  const chain = chainOf(error).map((link) => (link instanceof GraphQLError ? link : null));
  const [outer, ...inner] = chain;
  if (!outer || inner.includes(null)) return undefined;
  if (outer.path === undefined || outer.extensions.code !== undefined) return outer;
  return inner.find((link) => Boolean(link?.nodes?.length)) ?? undefined;
};

const shaped = (error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError => {
  const { nodes = null, source = null, positions = null, path = null } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};

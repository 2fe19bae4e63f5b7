import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { ERROR_CODES, GatewayError } from '#lib/gateway-error.ts';

/**
 * The one way from any error to what a client sees. Our own errors keep message, code and details; graphql's own
 * complaints about the request stay as they are; everything else is masked, under an id that `log` gets with the cause.
 */
export const mapError = (error: unknown, log: (cause: unknown, errorId: string) => void): GraphQLError => {
  const cause = chainOf(error).at(-1);
  if (cause instanceof GatewayError) {
    return shaped(error, cause.message, { ...cause.details, code: cause.code });
  }
  const complaint = complaintAboutRequest(error);
  if (complaint) return shaped(error, complaint.message, { ...complaint.extensions, code: codeOf(complaint) });
  const errorId = randomUUID();
  log(cause, errorId);
  return shaped(error, 'Something went wrong on our side.', { code: 'INTERNAL_SERVER_ERROR', errorId });
};

/** Names that GraphQL clients and tools know: documents that do not parse or validate, and persisted operations. */
const PROTOCOL_CODE = /^(GRAPHQL|PERSISTED_QUERY)_/;

/** Libraries have further codes of their own for requests they refuse; ours stay a closed family. */
const codeOf = ({ extensions: { code } }: GraphQLError): string =>
  typeof code === 'string' && (ERROR_CODES.some((known) => known === code) || PROTOCOL_CODE.test(code))
    ? code
    : 'BAD_USER_INPUT';

/** The error and what it wraps, outermost first. */
const chainOf = (error: unknown): unknown[] =>
  error instanceof GraphQLError && error.originalError ? [error, ...chainOf(error.originalError)] : [error];

/**
 * graphql's own complaints: without a path they come from before the execution; in it, they point at the document (an
 * argument that cannot be used). A result that its type cannot hold is wrapped too, and points nowhere: that one is ours.
 */
const complaintAboutRequest = (error: unknown): GraphQLError | undefined => {
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

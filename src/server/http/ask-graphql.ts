import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import { callerOf } from '../auth/viewer.ts';
import type { GraphqlServer, Yoga } from '../create-yoga.ts';
import type { KnownDocuments } from '../documents/known-documents.ts';
import type { ServerContext } from '../operation-context.ts';
import type { RateLimiter } from '../plugins/use-rate-limit.ts';
import { setServerContext } from '../plugins/use-server-context.ts';
import { type Answer, askedRequest, preparedAnswerer } from '../prepared/answer-prepared.ts';
import { PreparedQueries } from '../prepared/prepared-queries.ts';

export interface GraphqlDeps {
  readonly config: GatewayConfig;
  readonly graphql: GraphqlServer;
  readonly documents: KnownDocuments;
  readonly limiter: RateLimiter | null;
}

type Ask = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  context: ServerContext,
) => Promise<Answer>;

/** What yoga makes of a request; of a query that is prepared, what the same plugins make of it. */
export const graphqlAsker = ({ config, graphql, documents, limiter }: GraphqlDeps): Ask => {
  const queries = new PreparedQueries(config, documents);
  const answerPrepared = preparedAnswerer(graphql);
  return async (request, response, body, context) => {
    const { viewer } = context;
    const signal = goneSignal(response);
    const query = queries.find(request, body, viewer);
    // Nothing is taken of whoever is refused: then yoga says so.
    if (query && (!limiter || limiter.take(callerOf(viewer)) === null))
      return answerPrepared(query, askedRequest(request, signal), context);
    const answer = await askYoga(graphql.yoga, request, signal, body, context);
    const { executed } = context.exchange;
    const contentType = answer.headers.get('content-type');
    if (executed && contentType?.startsWith('application/'))
      queries.learn(request, body, viewer, executed, contentType);
    return answer;
  };
};

const goneSignal = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new GatewayError('INTERNAL_SERVER_ERROR', 'The caller went away.'));
  });
  return gone.signal;
};

const askYoga = async (
  yoga: Yoga,
  { method = 'GET', url, headers }: IncomingMessage,
  signal: AbortSignal,
  body: string,
  context: ServerContext,
): Promise<Response> => {
  const init = { method, headers: headers as HeadersInit, signal };
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const asked = new yoga.fetchAPI.Request(`http://localhost${url}`, hasBody ? { ...init, body } : init);
  setServerContext(asked, context);
  return (yoga.handleRequest as (request: Request) => Promise<Response>)(asked);
};

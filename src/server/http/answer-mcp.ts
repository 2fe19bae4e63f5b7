import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '#config/config.ts';
import { gatewayVersion } from '#lib/gateway-version.ts';
import { persistedQuery } from '#lib/persisted-query.ts';
import type { Ask } from '#mcp/create-tools.ts';
import type { Question } from '#questions/question.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Yoga } from '../create-yoga.ts';
import type { Leases } from '../threads/leases.ts';
import { answerThroughYoga } from './execute-through-yoga.ts';
import { readBody } from './read-body.ts';
import { refuse, refuseLong } from './respond.ts';
import { writeStream } from './write-stream.ts';

export interface McpDeps {
  readonly config: GatewayConfig;
  readonly schema: GraphQLSchema;
  readonly yoga: Yoga;
  readonly questions: readonly Question[];
  /** Null without answering threads. */
  readonly leases: Leases | null;
}

type Answered = (request: IncomingMessage, response: ServerResponse, viewer: Viewer) => Promise<void>;

/** The Model Context Protocol over streamable HTTP. Each request stands for itself: there are no sessions that a caller could lose or lend. */
export const mcpAnswerer = (deps: McpDeps): Answered => {
  const { bodyBytes } = deps.config.limits;
  let handler: ReturnType<typeof createHandler> | undefined;
  return async (request, response, viewer) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return refuse(response, 405, 'BAD_USER_INPUT', `Expected the method POST, got ${request.method}.`);
    }
    const body = await readBody(request, bodyBytes);
    if (body === null) return refuseLong(request, response, bodyBytes, deps.leases !== null);
    // The protocol's library is loaded when the first assistant comes.
    handler ??= createHandler(deps);
    const { fetch } = await handler;
    const asked = webRequest(request, response, body);
    // The token is what the library asks for; who calls was decided before.
    const authInfo = { token: '', clientId: viewer.id, scopes: [], extra: { viewer } };
    await writeStream(await fetch(asked, { authInfo }), response);
  };
};

const createHandler = async ({ config, schema, yoga, questions }: McpDeps) => {
  const { createMcpHandler } = await import('@modelcontextprotocol/server');
  const { mcpServers } = await import('#mcp/mcp-servers.ts');
  const { runQuery, answerBytes } = config.mcp;
  const serverFor = mcpServers({
    ...{ schema, questions, runQuery, answerBytes, version: gatewayVersion() },
    describeSchema: config.server.introspection,
  });
  // What there is never changes while the gateway runs: nobody has to keep a connection open to hear of it.
  return createMcpHandler(({ authInfo }) => serverFor(askAs(authInfo?.extra?.viewer as Viewer, yoga)), {
    maxSubscriptions: 0,
  });
};

/** What the gateway knows by a hash it is sent as the hash: that may run where nothing else may. */
const askAs =
  (viewer: Viewer, yoga: Yoga): Ask =>
  ({ query, hash, variables }, signal) => {
    const document = hash ? { query: '', extensions: persistedQuery(hash) } : { query };
    return answerThroughYoga(yoga, { ...document, variables }, viewer, signal ? { signal } : {});
  };

/** Only the headers of the protocol: what identifies the caller stays here. */
const webRequest = ({ headers }: IncomingMessage, response: ServerResponse, body: string): Request => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const ofProtocol = Object.entries(headers).filter(([name]) => /^(accept|content-type|mcp-.+)$/.test(name));
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: ofProtocol.map(([name, value]) => [name, String(value)] as [string, string]),
    signal: gone.signal,
    body,
  });
};

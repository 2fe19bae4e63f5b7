import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import type { Sources } from '#sources/create-sources.ts';
import type { Clock } from '#sources/transport/clock.ts';
import { newExchange } from '../answers/exchange.ts';
import type { KeptAnswers } from '../answers/kept-answers.ts';
import { documentHashOf, requestKey } from '../answers/known-requests.ts';
import { callerOf, type Viewer } from '../auth/viewer.ts';
import { isBypass } from '../operation-context.ts';
import type { ReplayObserver } from '../plugins/observe-operations.ts';
import { LEASE_HEADER } from '../threads/lease.ts';
import type { Leases } from '../threads/leases.ts';
import { type GraphqlDeps, graphqlAsker } from './ask-graphql.ts';
import { readBody } from './read-body.ts';
import { refuseLong } from './respond.ts';
import { type WriteOptions, writeDocument } from './write-document.ts';
import { copyHeaders, writeStream } from './write-stream.ts';

export interface OperationDeps extends GraphqlDeps {
  readonly sources: Sources;
  readonly answers: KeptAnswers;
  readonly observeReplay: ReplayObserver;
  /** Null without answering threads. */
  readonly leases: Leases | null;
  readonly clock: Clock;
}

type Answered = (
  request: IncomingMessage,
  response: ServerResponse,
  viewer: Viewer,
  requestId: string,
) => Promise<void>;

/** From an authenticated request to its answer: one that was kept, or one that is made now. */
export const operationAnswerer = (deps: OperationDeps): Answered => {
  const { config, answers } = deps;
  const ask = graphqlAsker(deps);
  const options: WriteOptions = {
    compressFrom: config.server.compressFromBytes,
    credentialHeaders: credentialHeaders(config),
    now: () => deps.clock.now(),
  };
  return async (request, response, viewer, requestId) => {
    const startedAt = performance.now();
    const isGet = request.method === 'GET';
    const body = isGet ? '' : await readBody(request, config.limits.bodyBytes);
    if (body === null) return refuseLong(request, response, config.limits.bodyBytes, deps.leases !== null);
    const isKeepable = answers.isOn && !isBypass(config, request.headers['cache-control']);
    const known = isKeepable ? requestKey(request, body, viewer, deps.sources.forViewer(viewer)) : null;
    const replay = known === null ? null : find(deps, known, viewer);
    if (replay) {
      const { answer, contentType } = replay;
      const lease = deps.leases?.grant(request, answer, viewer, deps.limiter) ?? null;
      if (lease !== null) response.setHeader(LEASE_HEADER, lease);
      const seconds = (performance.now() - startedAt) / 1000;
      deps.observeReplay(answer.operation, { headers: request.headers, requestId, seconds });
      return writeDocument(
        request,
        response,
        { status: 200, contentType, body: answer.body, encoded: answer.encoded, ...(isGet && { validity: answer }) },
        options,
      );
    }
    const context = { viewer, requestId, exchange: newExchange() };
    const answer = await ask(request, response, body, context).finally(() => context.exchange.end());
    const contentType = answer.headers.get('content-type') ?? '';
    if (!/^application\//.test(contentType)) return writeStream(answer, response);
    const { kept, made } = context.exchange;
    if (kept && known !== null) {
      const documentHash = documentHashOf(request, body);
      if (documentHash !== undefined) answers.know(known, { key: kept.key, contentType, documentHash });
    }
    const validity = kept?.answer ?? made;
    copyHeaders(answer, response);
    await writeDocument(
      request,
      response,
      {
        status: answer.status,
        contentType,
        body: kept?.answer.body ?? (await answer.text()),
        ...(kept && { encoded: kept.answer.encoded }),
        ...(isGet && validity && answer.status === 200 && { validity }),
      },
      options,
    );
  };
};

/** The kept answer to a request that came before, unless something now speaks against it. Then yoga says what. */
const find = ({ answers, sources, documents, limiter }: OperationDeps, request: string, viewer: Viewer) => {
  const known = answers.request(request);
  const answer = known && answers.find(known.key, sources.forViewer(viewer));
  if (!answer) return null;
  if (known.documentHash !== null && documents.find(viewer, known.documentHash) === undefined) return null;
  if (limiter && limiter.take(callerOf(viewer)) !== null) return null;
  return { answer, contentType: known.contentType };
};

const credentialHeaders = ({ auth, sources }: GatewayConfig): readonly string[] => {
  switch (auth.mode) {
    case 'none':
      return [];
    case 'api-key':
      return ['Authorization', 'X-API-Key'];
    case 'jwt':
      return ['Authorization'];
    case 'passthrough':
      return sources.map(({ name }) => `X-Source-Key-${name}`);
  }
};

import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { ConfigError, type ConfigProblem } from '#config/config-error.ts';
import { graphQuestions } from '#mcp/create-tools.ts';
import type { Question } from '#questions/question.ts';
import { readQuestions } from '#questions/read-questions.ts';
import { defineWatches } from '#watches/define-watches.ts';
import type { Watch } from '#watches/watch.ts';
import { KeptAnswers } from './answers/kept-answers.ts';
import type { Connections } from './auth/connections.ts';
import { createAuthenticator } from './auth/create-authenticator.ts';
import type { KeysAt } from './auth/jwt.ts';
import type { Authenticator } from './auth/viewer.ts';
import { createYogaServer, type Yoga, type YogaDeps } from './create-yoga.ts';
import { createKnownDocuments, type KnownDocuments, type RememberedDocuments } from './documents/known-documents.ts';
import { mcpAnswerer } from './http/answer-mcp.ts';
import { operationAnswerer } from './http/answer-operation.ts';
import { createHttpHandler } from './http/http-handler.ts';
import { guardOpenNetwork } from './http/open-network.ts';
import type { OperatorPages } from './http/operator-pages.ts';
import type { SecuredResponse } from './http/secured-response.ts';
import type { Watches } from './open-watches.ts';
import { replayObserver } from './plugins/observe-operations.ts';
import { RateLimiter } from './plugins/use-rate-limit.ts';
import type { Leases } from './threads/leases.ts';

/** What answers under one configuration. Another one takes its place; operations that it has begun, it ends. */
export interface Serving {
  readonly config: GatewayConfig;
  readonly authenticate: Authenticator;
  readonly documents: KnownDocuments;
  readonly yoga: Yoga;
  readonly limiter: RateLimiter | null;
  readonly answers: KeptAnswers;
  readonly watches: readonly Watch[];
  readonly handle: (request: IncomingMessage, response: SecuredResponse) => Promise<void>;
}

/** What stays, whatever is configured in turn. */
export interface ServingDeps extends Omit<YogaDeps, 'config' | 'documents' | 'limiter' | 'answers'> {
  readonly watches: Watches;
  readonly connections: Connections;
  readonly remembered: RememberedDocuments;
  readonly keysAt: KeysAt;
  readonly operatorPages: OperatorPages;
  readonly leases: Leases | null;
  readonly isDraining: () => boolean;
}

/** @param former callers go on with what its limits have left them. @throws ConfigError with everything that stands against it */
export const createServing = (config: GatewayConfig, deps: ServingDeps, former?: Serving): Serving => {
  const { schema, clock, sources } = deps;
  const { questions, documents, watches } = readFiles(config, deps, former !== undefined);
  const { rate } = config.limits;
  const limiter = rate && new RateLimiter(rate, () => clock.now(), former?.limiter ?? undefined);
  const answers = new KeptAnswers(config.cache.keptAnswersBytes, clock, former?.answers);
  const authenticate = createAuthenticator(config, deps.keysAt);
  const graphql = createYogaServer({ ...deps, config, documents, limiter, answers });
  const { yoga } = graphql;
  const observeReplay = replayObserver(deps.metrics, deps.tracing);
  const handle = createHttpHandler({
    ...deps,
    config,
    authenticate,
    answer: operationAnswerer({
      config,
      graphql,
      sources,
      documents,
      answers,
      limiter,
      leases: deps.leases,
      clock,
      observeReplay,
    }),
    answerMcp: mcpAnswerer({ config, schema, yoga, questions, leases: deps.leases }),
  });
  return { config, authenticate, documents, yoga, limiter, answers, watches, handle };
};

/** What can be asked by name, and documents that are known by hash. */
const readFiles = (config: GatewayConfig, { schema, logger, remembered }: ServingDeps, isReload: boolean) => {
  const problems: ConfigProblem[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  // At the start it was asked before anything was opened.
  if (isReload) attempt(() => guardOpenNetwork(config, logger));
  const isNamed = config.mcp.enabled || config.watches.length > 0;
  const named = attempt(() => (isNamed ? readQuestions(schema, config.questions.directory) : []));
  const watches = attempt(() => (named ? defineWatches(config.watches, schema, named) : [])) ?? [];
  const questions = config.mcp.enabled ? [...graphQuestions(schema), ...(named ?? [])] : [];
  const known = documentsOf([...questions, ...watches.map(({ question }) => question)]);
  const documents = attempt(() => createKnownDocuments(config, known, remembered));
  if (!documents || problems.length > 0) throw new ConfigError(problems);
  return { questions, documents, watches };
};

const documentsOf = (questions: readonly Question[]): ReadonlyMap<string, string> =>
  new Map(
    questions.flatMap((question) =>
      [question, ...(question.past ? [question.past] : [])].map(({ hash, document }) => [hash, document] as const),
    ),
  );

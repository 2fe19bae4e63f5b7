import { type ExecutionArgs, type ExecutionResult, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { activeSpan } from '#lib/trace.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Clock } from '#sources/transport/clock.ts';
import { answerKey, type Question } from '../answers/answer-key.ts';
import { AnswerText, type WrittenResult } from '../answers/answer-text.ts';
import { FinishedAnswer } from '../answers/finished-answer.ts';
import type { KeptAnswer, KeptAnswers } from '../answers/kept-answers.ts';
import { SharedExecutions } from '../answers/shared-executions.ts';
import { isSameState, type SourceState, stateOf } from '../answers/source-state.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { AskedRequest, ServerContext } from '../operation-context.ts';

type Context = RequestContext & ServerContext & { readonly request: AskedRequest; readonly params: Question };
type Execute = (args: ExecutionArgs) => unknown;

/** Media types of one JSON document. Everything else is a stream, which is made anew for each who asks. */
const ONE_DOCUMENT = /\*\/\*|application\/(\*|json|graphql-response\+json)/i;

const isOneDocument = (accept: string | null): boolean =>
  accept === null || (ONE_DOCUMENT.test(accept) && !/charset/i.test(accept));

/**
 * Answers a query that was answered before with what was answered then, for as long as executing it would give the same; and equal
 * ones that come at the same moment by one execution. Everything that may refuse an operation comes before, so it still does.
 */
export const useKeptAnswers = (kept: KeptAnswers, clock: Clock, metrics: Metrics): Plugin => {
  const running = new SharedExecutions();
  const count = (outcome: 'hit' | 'join' | 'miss') => metrics.keptAnswers.inc({ outcome });
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const context = args.contextValue as unknown as Context;
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation !== 'query' || !isOneDocument(context.request.headers.get('accept'))) return undefined;
      const execute = executeFn as Execute;
      const replaceBy = (by: Execute) => setExecuteFn(by as typeof executeFn);
      const askedAt = clock.now();
      // Nobody may have to wait for what is done with leftover budget.
      const isAlone = context.scope.bypassCache || context.isBackground;
      const state = kept.isOn && !isAlone ? stateOf(context.sources) : null;
      if (!state) return { onExecuteDone: ({ result }) => void described(context, result, askedAt) };

      const key = answerKey(context.sources, context.params);
      const answer = kept.find(key, context.sources);
      if (answer) {
        count('hit');
        context.exchange.kept = { key, answer };
        replaceBy(() => replay(answer));
        return undefined;
      }
      const isWanted = kept.isWanted(key);
      const joined = running.join(key, state);
      if (joined) {
        replaceBy(async (given) => {
          const text = await joined;
          // It may hold what was read before this was asked, and is not fresh any more.
          const isFresh = text !== null && askedAt < text.freshUntil;
          count(isFresh ? 'join' : 'miss');
          return isFresh ? shared(context, text) : execute(given);
        });
        return undefined;
      }
      count('miss');
      const settle = running.lead(key, state);
      context.exchange.end = () => settle(null);
      return {
        onExecuteDone: ({ result }) => {
          const text = described(context, result, askedAt);
          settle(text);
          if (!text || !isWanted || askedAt >= text.freshUntil || !isSameState(state, stateOf(context.sources))) return;
          kept.keep(key, finished(text, result, state, operation));
        },
      };
    },
  };
};

/** The answer as it was, to be written as it was written. */
const replay = ({ body }: KeptAnswer): WrittenResult => {
  activeSpan()?.addEvent('kept answer');
  return { data: {}, stringify: () => body.toString() };
};

/** The answer of another caller's execution. */
const shared = ({ scope, request, exchange }: Context, text: AnswerText): WrittenResult => {
  scope.ledger.joins += 1;
  if (request.method === 'GET') exchange.made = text;
  return text.result();
};

/** @returns null for what nobody else may get: failures, parts, streams, and what is known to be old. */
const described = ({ scope, request, exchange }: Context, result: object, madeAt: number): AnswerText | null => {
  const { data, errors } = result as ExecutionResult;
  const { ledger } = scope;
  if (Symbol.asyncIterator in result || errors || !data || ledger.oldestStaleMs > 0) return null;
  const text = new AnswerText(data, { madeAt, freshUntil: ledger.freshUntil });
  Object.assign(result, { stringify: text.result().stringify });
  if (request.method === 'GET') exchange.made = text;
  return text;
};

/** What an answer costs that was made earlier. */
const NO_COST = { requests: {}, cacheHits: 0, joins: 0, waitedMs: 0, oldestStaleSeconds: 0 };

/**
 * Only of an answer during which nothing came from a source: then it is all of one state, which later ones can be compared with. An
 * answer that fills the cache is not kept for that reason; the next one is.
 */
const finished = (
  text: AnswerText,
  result: object,
  state: SourceState,
  { operation, name }: OperationDefinitionNode,
): KeptAnswer => {
  const { extensions } = result as ExecutionResult;
  const cost = { ...(extensions?.cost as object), ...NO_COST, answeredAt: new Date(text.madeAt).toISOString() };
  const of = { type: operation, name: name?.value ?? 'anonymous' };
  return new FinishedAnswer(text, { ...extensions, cost }, state, of);
};

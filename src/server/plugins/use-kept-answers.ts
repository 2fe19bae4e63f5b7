import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '#loading/context.ts';
import type { Clock } from '#sources/transport/clock.ts';
import { answerKey, type Question } from '../answers/answer-key.ts';
import { AnswerText, type WrittenResult } from '../answers/answer-text.ts';
import type { KeptAnswer, KeptAnswers } from '../answers/kept-answers.ts';
import { SharedExecutions } from '../answers/shared-executions.ts';
import { isSameState, type SourceState, stateOf } from '../answers/source-state.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ServerContext } from '../operation-context.ts';

type Context = RequestContext & ServerContext & { readonly request: Request; readonly params: Question };
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
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const context = args.contextValue as Context;
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation !== 'query' || context.scope.bypassCache) return undefined;
      if (!isOneDocument(context.request.headers.get('accept'))) return undefined;
      const state = kept.isOn ? stateOf(context.sources) : null;
      const told = { type: operation.operation, name: operation.name?.value ?? 'anonymous' };
      if (!state) return { onExecuteDone: ({ result }) => describe(context, result as ExecutionResult, clock.now()) };
      const key = answerKey(context.sources, context.params);
      const answer = kept.find(key, context.sources);
      if (answer) {
        metrics.keptAnswers.inc({ outcome: 'hit' });
        context.exchange.kept = { key, answer };
        setExecuteFn(() => replay(answer));
        return undefined;
      }
      const joined = running.join(key, state);
      if (joined) {
        metrics.keptAnswers.inc({ outcome: 'join' });
        setExecuteFn((async (given: ExecutionArgs) => {
          const text = await joined;
          if (!text) return (executeFn as Execute)(given);
          context.scope.ledger.joins += 1;
          return text.result();
        }) as typeof executeFn);
        return undefined;
      }
      metrics.keptAnswers.inc({ outcome: 'miss' });
      const settle = running.lead(key, state);
      context.scope.signal?.addEventListener('abort', () => settle(null), { once: true });
      setExecuteFn((async (given: ExecutionArgs) => {
        try {
          return await (executeFn as Execute)(given);
        } catch (error) {
          settle(null);
          throw error;
        }
      }) as typeof executeFn);
      const madeAt = clock.now();
      return {
        onExecuteDone: ({ result }) => {
          const text = describe(context, result as ExecutionResult, madeAt);
          settle(text);
          if (text)
            keepIfSettled({ kept, key, context, state, madeAt, operation: told }, text, result as WrittenResult);
        },
      };
    },
  };
};

/** The answer as it was, to be written as it was written. */
const replay = ({ body }: KeptAnswer): WrittenResult => ({ data: {}, stringify: () => body.toString() });

/** @returns null for what nobody else may get: failures, parts, streams, and what is known to be old. */
const describe = (context: Context, result: ExecutionResult, madeAt: number): AnswerText | null => {
  const { ledger } = context.scope;
  if (Symbol.asyncIterator in result || result.errors || !result.data || ledger.oldestStaleMs > 0) return null;
  const text = new AnswerText(result.data);
  Object.assign(result, { stringify: text.result().stringify });
  const { freshUntil } = ledger;
  if (context.request.method === 'GET') context.exchange.made = { etag: text.etag, madeAt, freshUntil };
  return text;
};

interface Made extends Pick<KeptAnswer, 'state' | 'madeAt' | 'operation'> {
  readonly kept: KeptAnswers;
  readonly key: string;
  readonly context: Context;
  readonly state: SourceState;
}

/**
 * Kept only where nothing came from a source meanwhile: then it is all of one state, which later ones are compared with. The answer
 * that filled the cache is not kept for that; the next one is.
 */
const keepIfSettled = (
  { kept, key, context, state, madeAt, operation }: Made,
  text: AnswerText,
  { extensions }: ExecutionResult,
): void => {
  const { freshUntil } = context.scope.ledger;
  if (freshUntil <= madeAt || !isSameState(state, stateOf(context.sources))) return;
  const cost = { ...(extensions?.cost as object), ...NO_COST, answeredAt: new Date(madeAt).toISOString() };
  const body = Buffer.from(text.with({ ...extensions, cost }));
  kept.keep(key, { body, etag: text.etag, madeAt, freshUntil, state, operation, encoded: new Map() });
};

/** What an answer costs that was kept. */
const NO_COST = { requests: {}, cacheHits: 0, joins: 0, waitedMs: 0, oldestStaleSeconds: 0 };

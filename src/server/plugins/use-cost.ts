import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { variablesOf } from '#graphql/execution/variables-of.ts';
import { type CostLimit, checkCost } from '#graphql/pricing/check-cost.ts';
import { estimate, type Known } from '#graphql/pricing/estimate.ts';
import type { SizedList } from '#graphql/pricing/price.ts';
import type { Estimate } from '#graphql/pricing/tally.ts';
import type { GatewayError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { COUNT_QUESTIONS } from '#sources/cloud-client.ts';
import type { Ledger } from '#sources/transport/scope.ts';
import { bestCaseStats, currentStats, EVERY_LIST, learnStats } from './source-stats.ts';
import { useResultHook } from './use-result-hook.ts';

type Arguments = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> & {
  readonly contextValue: RequestContext;
};

/** Refuses operations whose worst case is more upstream requests than the limit, before they run. */
export const useCostLimit = (limits: readonly CostLimit[]): Plugin => {
  const decide = async (args: Arguments): Promise<GraphQLError | null> => {
    const priced = pricer(args);
    if (!priced) return null;
    const { estimated, refusal } = await judge(priced, args.contextValue, limits);
    costEstimate.set(args.contextValue, estimated);
    return refusal && new GraphQLError(refusal.message, { originalError: refusal });
  };
  // The refusal replaces the execution, so that plugins which change results change it, too.
  return {
    onExecute: async ({ args, setExecuteFn }) => {
      const refusal = await decide(args as unknown as Arguments);
      if (refusal) setExecuteFn(() => ({ errors: [refusal] }));
    },
    onSubscribe: async ({ args, setSubscribeFn }) => {
      const refusal = await decide(args as unknown as Arguments);
      if (refusal) setSubscribeFn(() => ({ errors: [refusal] }));
    },
  };
};

type Priced = (known: Known) => Estimate;

const pricer = ({ schema, document, operationName, variableValues }: Arguments): Priced | null => {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  // Completed by the defaults of the operation. Those that do not fit are reported by the execution, which then runs nothing.
  const variables = variablesOf(schema, operation, variableValues);
  if (!variables) return null;
  const fragments = fragmentsOf(document);
  return (known) => estimate({ schema, operation, fragments, variables, known });
};

const fragmentsOf = ({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> =>
  Object.fromEntries(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );

/**
 * Decides in up to three steps. With what is known, the estimate may be too high because list sizes are not known. If it is over the
 * limit, the best case is estimated; if that is over the limit as well, the operation is refused. Otherwise the sizes that matter are
 * read. If they cannot be read, the sources do not answer, and the operation runs and reports that itself.
 */
const judge = async (
  priced: Priced,
  context: RequestContext,
  limits: readonly CostLimit[],
): Promise<{ readonly estimated: Estimate; readonly refusal: GatewayError | null }> => {
  const first = priced(await currentStats(context));
  if (!checkCost(first, limits)) return { estimated: first, refusal: null };
  const bestCase = priced(await bestCaseStats(context));
  const refusalAtBest = checkCost(bestCase, limits);
  if (refusalAtBest) return { estimated: bestCase, refusal: refusalAtBest };
  const learned = priced(await learnStats(context, whatMatters(priced)));
  const isKnown = Object.values(learned.requests).every(Number.isFinite);
  return { estimated: learned, refusal: isKnown ? checkCost(learned, limits) : null };
};

/** Lists whose size changes the estimate, and statistics that do. */
const whatMatters = (priced: Priced): Parameters<typeof learnStats>[1] => {
  const total = (known: Known) => Object.values(priced(known).requests).reduce((sum, requests) => sum + requests, 0);
  const withoutSize = ({ sizes, ...known }: Known, list: SizedList): Known => {
    const { [list]: _, ...others } = sizes;
    return { ...known, sizes: others };
  };
  return {
    lists: (bestCase) => EVERY_LIST.filter((list) => total(withoutSize(bestCase, list)) > total(bestCase)),
    statistics: (bestCase) => {
      // Statistics matter where lists are not known to be shorter.
      const unsized = { ...bestCase, sizes: {} };
      const least = total(unsized);
      return COUNT_QUESTIONS.filter((question) => {
        const others = COUNT_QUESTIONS.filter((one) => one !== question);
        return total({ ...unsized, statistics: new Set(others) }) > least;
      });
    },
  };
};

/** The estimate for each operation, by its context, to be reported next to the actual cost. */
const costEstimate = new WeakMap<object, Estimate>();

type EstimatedKind = Pick<CostLimit, 'kind' | 'side'>;

/** What one operation has cost, as `extensions.cost` shows it. */
const costReport = (ledger: Ledger, estimated: Estimate | undefined, kinds: readonly EstimatedKind[]) => ({
  // Infinite where a list could not be looked at: then nothing can be said.
  ...(estimated &&
    Object.values(estimated.requests).every(Number.isFinite) && {
      estimated: Object.fromEntries(kinds.map(({ kind, side }) => [kind, estimated.requests[side]])),
    }),
  requests: Object.fromEntries(ledger.requests),
  cacheHits: ledger.cacheHits,
  joins: ledger.joins,
  waitedMs: Math.round(ledger.waitedMs),
  // Rounded up: 0 means that nothing was stale.
  oldestStaleSeconds: Math.ceil(ledger.oldestStaleMs / 1000),
});

/** Adds `extensions.cost`; other reporters may add to the same object. */
export const useCostReport = (kinds: readonly EstimatedKind[]): Plugin =>
  useResultHook((payload, context) => {
    const known = payload.extensions?.cost as object | undefined;
    payload.extensions = {
      ...payload.extensions,
      cost: { ...known, ...costReport(context.scope.ledger, costEstimate.get(context), kinds) },
    };
  });

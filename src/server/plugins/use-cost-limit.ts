import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type CostLimit, checkCost } from '#graphql/pricing/check-cost.ts';
import { type Estimate, estimate, type Known } from '#graphql/pricing/estimate.ts';
import type { SizedList } from '#graphql/pricing/price.ts';
import type { GatewayError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { EVERY_LIST, hopedOf, knownOf, learnOf } from '../known-of-sources.ts';
import { costEstimate } from './cost-estimate.ts';

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
  // The refusal takes the place of the execution, so that whoever edits answers edits it, too.
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
  const fragments = fragmentsOf(document);
  const variables = { ...(variableValues ?? {}) };
  return (known) => estimate({ schema, operation, fragments, variables, known });
};

const fragmentsOf = ({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> =>
  Object.fromEntries(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );

/**
 * Only an operation that is over the limit for want of knowledge makes us look: at what is not known yet of the sources. Where even
 * that cannot be learned, the sources do not answer, and the operation may find out for itself.
 */
const judge = async (
  priced: Priced,
  context: RequestContext,
  limits: readonly CostLimit[],
): Promise<{ readonly estimated: Estimate; readonly refusal: GatewayError | null }> => {
  const first = priced(await knownOf(context));
  if (!checkCost(first, limits)) return { estimated: first, refusal: null };
  const hoped = priced(await hopedOf(context));
  const hopeless = checkCost(hoped, limits);
  if (hopeless) return { estimated: hoped, refusal: hopeless };
  const learned = priced(await learnOf(context, (known) => listsThatMatter(priced, known)));
  const isKnown = Object.values(learned.requests).every(Number.isFinite);
  return { estimated: learned, refusal: isKnown ? checkCost(learned, limits) : null };
};

/** Lists whose length makes a difference to the estimate. */
const listsThatMatter = (priced: Priced, hoped: Known): SizedList[] => {
  const total = (known: Known) => Object.values(priced(known).requests).reduce((sum, requests) => sum + requests, 0);
  const least = total(hoped);
  return EVERY_LIST.filter((list) => {
    const { [list]: _, ...sizes } = hoped.sizes;
    return total({ ...hoped, sizes }) > least;
  });
};

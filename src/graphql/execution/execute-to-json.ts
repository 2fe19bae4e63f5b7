import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { getOrMake } from '#lib/get-or-make.ts';
import { planOperation } from './planner.ts';
import { RecordTextStore } from './record-texts.ts';
import { isPromise, type OperationPlan, Run, type Values } from './run.ts';
import { runSelection } from './run-selection.ts';
import { variablesOf } from './variables-of.ts';

/** What an executor is given, as yoga gives it. */
interface ExecutionRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Values | null | undefined;
  readonly contextValue?: unknown;
}

/** Data that is JSON already. Whoever wants the values, reads them. */
class JsonData {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }

  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}

/** What `JSON.stringify` gives, without reading what is JSON already. */
export const jsonOf = (value: unknown): string => (value instanceof JsonData ? value.json : JSON.stringify(value));

/** An answer that yoga sends as `stringify` writes it. */
interface JsonResult extends ExecutionResult<JsonData> {
  readonly stringify: (result: object) => string;
}

const stringify = (result: object): string => {
  const members = Object.entries(result).flatMap(([name, value]) => {
    const json: string | undefined = jsonOf(value);
    return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
  });
  return `{${members.join()}}`;
};

/** Executes an operation; null where it takes another executor: incremental delivery, subscriptions, introspection, bad variables. */
export type JsonExecutor = (request: ExecutionRequest) => JsonResult | Promise<JsonResult> | null;

/**
 * Executes queries of a schema straight to JSON, with a plan that each operation is given once. Errors and nulls are those of any
 * executor of GraphQL; it is the values that are never built, only to be written.
 */
export const createJsonExecutor = (schema: GraphQLSchema): JsonExecutor => {
  const texts = new RecordTextStore();
  const plans = new WeakMap<OperationDefinitionNode, PlanFor | null>();
  return ({ document, operationName, variableValues, contextValue }) => {
    const operation = getOperationAST(document, operationName);
    const planFor = operation && getOrMake(plans, operation, () => plannerOf(schema, document, operation, texts));
    if (!planFor) return null;
    const coerced = variablesOf(schema, operation, variableValues);
    return coerced ? execute(planFor(coerced), contextValue, coerced) : null;
  };
};

const execute = (plan: OperationPlan, context: unknown, variables: Record<string, unknown>) => {
  const run = new Run(plan, context, variables);
  const answer = (json: string | null): JsonResult => {
    const data = json === null ? null : new JsonData(json);
    return run.errors.length === 0 ? { data, stringify } : { errors: run.errors, data, stringify };
  };
  const failed = (error: unknown): JsonResult => {
    run.errors.push(error as GraphQLError);
    return answer(null);
  };
  try {
    const json = runSelection(run, plan.root, undefined, undefined);
    return isPromise(json) ? json.then(answer, failed) : answer(json);
  } catch (error) {
    return failed(error);
  }
};

type PlanFor = (variables: Values) => OperationPlan;

/** Of a document whose `@skip` and `@include` depend on variables, so many choices are kept. */
const MOST_CHOICES = 16;

const plannerOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  texts: RecordTextStore,
): PlanFor | null => {
  const type = schema.getQueryType();
  const deciding = decidingVariables(document);
  if (operation.operation !== OperationTypeNode.QUERY || !type || !deciding) return null;
  const plans = new LRUCache<string, OperationPlan>({ max: MOST_CHOICES });
  return (variables) => {
    const choice = deciding.map((name) => String(variables[name])).join();
    return getOrMake<string, OperationPlan>(plans, choice, () =>
      planOperation(schema, document, operation, type, variables, texts),
    );
  };
};

/** Variables that decide which fields are left; null for a document that is not for this executor. */
const decidingVariables = (document: DocumentNode): readonly string[] | null => {
  const deciding = new Set<string>();
  let isOurs = true;
  visit(document, {
    Field: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') isOurs = false;
    },
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') isOurs = false;
      for (const { value } of given) if (value.kind === 'Variable') deciding.add(value.name.value);
    },
  });
  return isOurs ? [...deciding] : null;
};

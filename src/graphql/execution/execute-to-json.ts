import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { planOperation } from './planner.ts';
import { RecordTextStore } from './record-texts.ts';
import { isPromise, type OperationPlan, Run, type Values } from './run.ts';
import { runSelection } from './run-selection.ts';

/** What an executor is given, as yoga gives it. */
export interface ExecutionRequest {
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
 * Executes queries of a schema straight to JSON, with a plan that each document is given once. Errors and nulls are those of any
 * executor of GraphQL; it is the values that are never built, only to be written.
 */
export const createJsonExecutor = (schema: GraphQLSchema): JsonExecutor => {
  const texts = new RecordTextStore();
  const plans = new WeakMap<DocumentNode, Map<string, Planned | null>>();
  const planned = (document: DocumentNode, name: string | null | undefined): Planned | null => {
    const ofDocument = plans.get(document) ?? new Map<string, Planned | null>();
    plans.set(document, ofDocument);
    const known = ofDocument.get(name ?? '');
    if (known !== undefined) return known;
    const made = plannedOf(schema, document, name, texts);
    ofDocument.set(name ?? '', made);
    return made;
  };
  return ({ document, operationName, variableValues, contextValue }) => {
    const of = planned(document, operationName);
    if (!of) return null;
    const { coerced } = getVariableValues(schema, of.operation.variableDefinitions ?? [], { ...variableValues });
    return coerced ? execute(of.planFor(coerced), contextValue, coerced) : null;
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

interface Planned {
  readonly operation: OperationDefinitionNode;
  readonly planFor: (variables: Values) => OperationPlan;
}

/** Of a document whose `@skip` and `@include` depend on variables, so many choices are kept. */
const MOST_CHOICES = 16;

const plannedOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  texts: RecordTextStore,
): Planned | null => {
  const operation = getOperationAST(document, operationName);
  const type = schema.getQueryType();
  const deciding = decidingVariables(document);
  if (operation?.operation !== OperationTypeNode.QUERY || !type || !deciding) return null;
  const plans = new LRUCache<string, OperationPlan>({ max: MOST_CHOICES });
  return {
    operation,
    planFor: (variables) => {
      const choice = deciding.map((name) => String(variables[name])).join();
      const plan = plans.get(choice) ?? planOperation(schema, document, operation, type, variables, texts);
      plans.set(choice, plan);
      return plan;
    },
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

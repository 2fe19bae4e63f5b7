import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

type Values = Readonly<Record<string, unknown>>;

interface Coerced {
  readonly operation: OperationDefinitionNode;
  readonly values: Record<string, unknown> | null;
}

/** Coerced once for everybody who has a part in answering the request that they came with. */
const known = new WeakMap<Values, Coerced>();

/** The variables of an operation, completed by its defaults; null where they do not fit. */
export const variablesOf = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Values | null | undefined,
): Record<string, unknown> | null => {
  const before = given && known.get(given);
  if (before?.operation === operation) return before.values;
  const { coerced: values = null } = getVariableValues(schema, operation.variableDefinitions ?? [], given ?? {});
  if (given) known.set(given, { operation, values });
  return values;
};

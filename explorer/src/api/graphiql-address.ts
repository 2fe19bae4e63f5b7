import { type ConstValueNode, type DocumentNode, Kind, print, type TypeNode, visit } from 'graphql';

/** The address of GraphiQL with an operation in it, ready to run: its variables became default values. */
export const graphiqlAddress = (operation: DocumentNode, variables: Readonly<Record<string, unknown>> = {}): string => {
  const filled = visit(operation, {
    VariableDefinition: (definition) => {
      const value = variables[definition.variable.name.value];
      return value === undefined ? definition : { ...definition, defaultValue: literal(value, definition.type) };
    },
  });
  return `/graphql?${new URLSearchParams({ query: print(filled) })}`;
};

const SCALARS = new Set(['ID', 'String', 'DateTime']);

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

/** A value of a scalar or an enum, or a list of such; the explorer sends no other variables. */
const literal = (value: unknown, type: TypeNode): ConstValueNode => {
  if (Array.isArray(value)) return { kind: Kind.LIST, values: value.map((item) => literal(item, type)) };
  if (typeof value === 'number') return { kind: Kind.INT, value: String(value) };
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value !== 'string') return { kind: Kind.NULL };
  return SCALARS.has(namedType(type)) ? { kind: Kind.STRING, value } : { kind: Kind.ENUM, value };
};

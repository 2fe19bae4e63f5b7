import {
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  valueFromAST,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A JSON schema, as far as arguments need one. */
export interface ArgumentSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: ArgumentSchema;
  readonly properties?: Readonly<Record<string, ArgumentSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly default?: unknown;
}

/** The variables of an operation as a JSON schema. What one is for is said by its own description, else by the argument it is given to. */
export const argumentSchema = (
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): ArgumentSchema & { readonly type: 'object' } => {
  const uses = descriptionsByUse(schema, document);
  const required: string[] = [];
  const properties: Record<string, ArgumentSchema> = {};
  for (const { variable, type: node, defaultValue, description } of variableDefinitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, node);
    if (!type || !isInputType(type)) continue;
    if (isNonNullType(type) && defaultValue === undefined) required.push(name);
    const text = description?.value ?? uses.get(name);
    properties[name] = {
      ...schemaOfType(type, []),
      ...(text && { description: text }),
      ...(defaultValue && { default: valueFromAST(defaultValue, type) ?? valueFromASTUntyped(defaultValue) }),
    };
  }
  return { type: 'object', properties, required, additionalProperties: false };
};

/** Of each variable: the description of the argument or input field that it is first used for. */
const descriptionsByUse = (schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const within: (string | null | undefined)[] = [];
  const leave = () => void within.pop();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Argument: { enter: () => void within.push(info.getArgument()?.description), leave },
      ObjectField: {
        enter: ({ name }) => {
          const parent = getNamedType(info.getParentInputType()) as GraphQLInputObjectType | undefined;
          within.push(parent?.getFields()[name.value]?.description);
        },
        leave,
      },
      Variable: ({ name }) => {
        const text = within.at(-1);
        if (text && !found.has(name.value)) found.set(name.value, text);
      },
    }),
  );
  return found;
};

const SCALARS: Readonly<Record<string, ArgumentSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
};

/** `outer`: the input objects around it. One within itself is not described again. */
const schemaOfType = (type: GraphQLInputType, outer: readonly GraphQLInputType[]): ArgumentSchema => {
  if (isNonNullType(type)) return schemaOfType(type.ofType, outer);
  if (isListType(type)) return { type: 'array', items: schemaOfType(type.ofType, outer) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (!isInputObjectType(type))
    return SCALARS[type.name] ?? { ...(type.description && { description: type.description }) };
  if (outer.includes(type)) return { type: 'object' };
  const fields = Object.values(type.getFields());
  const described = ({ type: of, description }: (typeof fields)[number]): ArgumentSchema => ({
    ...schemaOfType(of, [...outer, type]),
    ...(description && { description }),
  });
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, described(field)])),
    required: fields
      .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
      .map(({ name }) => name),
    additionalProperties: false,
  };
};

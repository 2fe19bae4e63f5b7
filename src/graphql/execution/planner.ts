import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { getOrMake } from '#lib/get-or-make.ts';
import { completeAs, type PlansBelow } from './complete.ts';
import type { RecordTextStore } from './record-texts.ts';
import type { Complete, ContextBelow, FieldPlan, OperationPlan, RecordFields, SelectionPlan, Values } from './run.ts';

type Fields = ReturnType<typeof collectFields>['fields'];

/** The plan of an operation, for variables that decide what `@skip` and `@include` leave. Below a record it is made at once, elsewhere when a field is first met. */
export const planOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  type: GraphQLObjectType,
  variables: Values,
  texts: RecordTextStore,
): OperationPlan => {
  const fragments = fragmentsOf(document);
  const selections = new WeakMap<readonly FieldNode[], Map<GraphQLObjectType, SelectionPlan>>();
  const plans: PlansBelow = {
    schema,
    below: (of, nodes) =>
      getOrMake(
        getOrMake(selections, nodes, () => new Map()),
        of,
        () => selection(of, collectSubFields(schema, fragments, variables, of, nodes as FieldNode[]).fields),
      ),
  };
  const selection = (of: GraphQLObjectType, fields: Fields): SelectionPlan =>
    withRecordFields(
      [...fields].map(([name, nodes]) => fieldPlan(plans, of, name, nodes)),
      texts,
    );
  const { fields } = collectFields(schema, fragments, variables, type, operation.selectionSet);
  return { schema, operation, fragments, root: selection(type, fields) };
};

const fragmentsOf = ({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> =>
  Object.fromEntries(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );

const fieldPlan = (
  plans: PlansBelow,
  parentType: GraphQLObjectType,
  responseName: string,
  nodes: readonly FieldNode[],
): FieldPlan => {
  const [node, ...others] = nodes;
  const name = node?.name.value;
  const isTypeName = name === TypeNameMetaFieldDef.name;
  const definition = isTypeName ? TypeNameMetaFieldDef : parentType.getFields()[name ?? ''];
  if (!node || !definition) throw new Error(`Expected a validated document, got "${parentType.name}.${name}".`);
  const completed = completeAs(definition.type, plans, nodes);
  const resolve = isTypeName ? () => parentType.name : (definition.resolve ?? propertyOf(definition.name));
  return {
    responseName,
    label: `${JSON.stringify(responseName)}:`,
    definition,
    parentType,
    nodes: [node, ...others],
    resolve,
    takesInfo: resolve.length > 3,
    args: hasVariables(node) ? null : getArgumentValues(definition, node),
    isLeaf: isLeafType(getNamedType(definition.type)),
    isOfRecord: isOfRecord(parentType, definition, resolve) && isOfRecordBelow(plans, definition, nodes),
    complete: inContextBelow(definition.extensions.contextBelow as ContextBelow | undefined, completed),
  };
};

const inContextBelow = (contextBelow: ContextBelow | undefined, complete: Complete): Complete =>
  contextBelow
    ? (run, value, path, field) => complete(isThere(value) ? run.within(contextBelow(value)) : run, value, path, field)
    : complete;

const isThere = (value: unknown): boolean => typeof value === 'object' && value !== null && !(value instanceof Error);

/** As fields without a resolver are resolved; here no value has methods for fields. */
const propertyOf =
  (name: string): GraphQLFieldResolver<unknown, unknown> =>
  (source) =>
    (source as Values)[name];

const hasVariables = ({ arguments: given = [] }: FieldNode): boolean => {
  let found = false;
  for (const argument of given)
    visit(argument, {
      Variable: () => {
        found = true;
      },
    });
  return found;
};

/** So few fields are made faster than found: of references, which are made anew each time, nothing else is asked. */
const FEWEST_KEPT = 3;

const withRecordFields = (fields: readonly FieldPlan[], texts: RecordTextStore): SelectionPlan => {
  const plan: (FieldPlan | RecordFields)[] = [];
  let consecutive: FieldPlan[] = [];
  const close = () => {
    if (consecutive.length < FEWEST_KEPT) plan.push(...consecutive);
    else plan.push({ fields: consecutive, isWhole: consecutive.length === fields.length, texts: texts.create() });
    consecutive = [];
  };
  for (const field of fields) {
    if (field.isOfRecord) consecutive.push(field);
    else {
      close();
      plan.push(field);
    }
  }
  close();
  return plan;
};

/**
 * Records are shared between requests and never changed, so what a resolver gives that sees nothing else stays as it is; so does what
 * a field that says so makes of the record and of the schema.
 */
const isOfRecord = (
  parentType: GraphQLObjectType,
  { args, extensions }: GraphQLField<unknown, unknown>,
  resolve: GraphQLFieldResolver<unknown, unknown>,
): boolean =>
  parentType.extensions.isRecord === true &&
  args.length === 0 &&
  (resolve.length <= 1 || extensions.followsFromRecord === true);

/** The same of all that is selected of the field's records, which are parts of the one that names them. */
const isOfRecordBelow = (
  plans: PlansBelow,
  definition: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
): boolean => {
  const type = getNamedType(definition.type);
  if (isLeafType(type)) return true;
  if (!isObjectType(type) || definition.extensions.contextBelow) return false;
  return plans.below(type, nodes).every((part) => 'texts' in part || part.isOfRecord);
};

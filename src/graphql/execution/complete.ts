import {
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import {
  type Complete,
  type FieldPlan,
  isPromise,
  type Path,
  type Run,
  type SelectionPlan,
  type Text,
  whenSettled,
} from './run.ts';
import { keptObject, runSelection } from './run-selection.ts';

/** What is selected of an object below these nodes. */
export interface PlansBelow {
  readonly schema: GraphQLSchema;
  below(type: GraphQLObjectType, nodes: readonly FieldNode[]): SelectionPlan;
}

/** How values of `type` become JSON: the rules of GraphQL for the completion of values. */
export const completeAs = (type: GraphQLOutputType, plans: PlansBelow, nodes: readonly FieldNode[]): Complete => {
  if (isNonNullType(type)) return nonNull(completeAs(type.ofType, plans, nodes));
  if (isListType(type)) return unlessNull(list(type.ofType, completeAs(type.ofType, plans, nodes)));
  if (isLeafType(type)) return leaf(type);
  const planOf: PlanOf = (of) => plans.below(of, nodes);
  return unlessNull(isAbstractType(type) ? ofRuntimeType(type, plans.schema, planOf) : object(type, planOf));
};

const nonNull = (inner: Complete): Complete => {
  const complete: Complete = (run, value, path, field) => {
    const text = inner(run, value, path, field);
    return isPromise(text) ? text.then((settled) => present(settled, field)) : present(text, field);
  };
  return Object.assign(complete, { kept: inner.kept });
};

const present = (text: Text, { parentType, definition }: FieldPlan): string => {
  if (text !== null) return text;
  throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`);
};

/** A resolver may also return an error. */
const unlessNull = (inner: Complete): Complete => {
  const complete: Complete = (run, value, path, field) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? null : inner(run, value, path, field);
  };
  return Object.assign(complete, { kept: inner.kept });
};

const leaf = (type: GraphQLLeafType): Complete => {
  const ofAny = unlessNull((_, value) => {
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined) throw new Error(`Expected a ${type.name}, got nothing.`);
    return JSON.stringify(serialized);
  });
  if (type !== GraphQLString && type !== GraphQLID) return ofAny;
  return (run, value, path, field) =>
    typeof value === 'string' ? JSON.stringify(value) : ofAny(run, value, path, field);
};

const list =
  (itemType: GraphQLOutputType, complete: Complete): Complete =>
  (run, value, path, field) => {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
      throw new Error(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
      );
    const texts: (Text | Promise<Text>)[] = [];
    for (const item of value as Iterable<unknown>)
      texts.push(complete.kept?.(item) ?? itemOf(run, texts, item, { complete, itemType, path, field }));
    return whenSettled(texts, () => `[${texts.map((text) => text ?? 'null').join()}]`);
  };

interface ItemPlace {
  readonly complete: Complete;
  readonly itemType: GraphQLOutputType;
  /** Of the list. */
  readonly path: Path | undefined;
  readonly field: FieldPlan;
}

/** @param texts of the items before this one @throws where the item may not be null and failed */
const itemOf = (
  run: Run,
  texts: readonly (Text | Promise<Text>)[],
  item: unknown,
  { complete, itemType, path, field }: ItemPlace,
): Text | Promise<Text> => {
  const itemPath: Path = { prev: path, key: texts.length, typename: undefined };
  const failed = (error: unknown) => run.failed(error, field.nodes, itemType, itemPath);
  try {
    const text = isPromise(item)
      ? item.then((resolved) => complete(run, resolved, itemPath, field))
      : complete(run, item, itemPath, field);
    return isPromise(text) ? text.then(undefined, failed) : text;
  } catch (error) {
    for (const begun of texts) if (isPromise(begun)) begun.catch(() => undefined);
    return failed(error);
  }
};

type PlanOf = (type: GraphQLObjectType) => SelectionPlan;

const object = (type: GraphQLObjectType, planOf: PlanOf): Complete => {
  let plan: SelectionPlan | undefined;
  const complete: Complete = (run, value, path) => {
    plan ??= planOf(type);
    return runSelection(run, plan, value, path);
  };
  return Object.assign(complete, { kept: (record: unknown) => plan && keptObject(plan, record) });
};

const ofRuntimeType =
  (type: GraphQLAbstractType, schema: GraphQLSchema, planOf: PlanOf): Complete =>
  (run, value, path, field) => {
    const completeAsType = (name: unknown) => {
      const runtime = typeof name === 'string' ? schema.getType(name) : undefined;
      if (!isObjectType(runtime) || !schema.isSubType(type, runtime))
        throw new Error(`Expected a type of "${type.name}", got ${JSON.stringify(name)}.`);
      return runSelection(run, planOf(runtime), value, path);
    };
    const name = type.resolveType?.(value, run.context, run.infoOf(field, path), type);
    return isPromise(name) ? name.then(completeAsType) : completeAsType(name);
  };

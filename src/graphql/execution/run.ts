import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isNonNullType,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import type { RecordTexts } from './record-texts.ts';

/** JSON; null for null, which a type may not allow. */
export type Text = string | null;
export type Values = Readonly<Record<string, unknown>>;

/** Where in the answer a value stands. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

/** Turns what a resolver gave into JSON. Throws, or rejects, where the value does not fit its type. */
export interface Complete {
  (run: Run, value: unknown, path: Path | undefined, field: FieldPlan): Text | Promise<Text>;
  /** The JSON of a record that is known beforehand. */
  readonly kept?: ((record: unknown) => string | undefined) | undefined;
}

/** A field of a selection, with all that is the same whenever it is resolved. */
export interface FieldPlan {
  readonly responseName: string;
  /** The name as JSON, colon included. */
  readonly label: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parentType: GraphQLObjectType;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  /** A resolver that names one to three parameters is called without the fourth. */
  readonly takesInfo: boolean;
  /** Null where variables decide. */
  readonly args: Values | null;
  readonly isLeaf: boolean;
  /** Its value, and all that is selected of that, follows from the record alone. */
  readonly isOfRecord: boolean;
  readonly complete: Complete;
}

/** Consecutive fields whose values follow from the record alone: their text is kept as long as the record. */
export interface RecordFields {
  readonly fields: readonly FieldPlan[];
  /** The object is nothing but these: then the text has its braces. */
  readonly isWhole: boolean;
  readonly texts: RecordTexts;
}

export type SelectionPlan = readonly (FieldPlan | RecordFields)[];

/** An operation, planned for one choice of the fields that `@skip` and `@include` leave. */
export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly root: SelectionPlan;
}

/** Gives the context below a field, from the value of the field: its `extensions.contextBelow`. */
export type ContextBelow = (value: unknown) => unknown;

/** One execution of an operation, or what of it is below a field that has a context of its own. */
export class Run {
  readonly errors: GraphQLError[];
  readonly context: unknown;
  readonly #plan: OperationPlan;
  readonly #variables: Record<string, unknown>;
  readonly #args: Map<FieldPlan, Values>;

  constructor(plan: OperationPlan, context: unknown, variables: Record<string, unknown>, above?: Run) {
    this.#plan = plan;
    this.context = context;
    this.#variables = variables;
    this.errors = above?.errors ?? [];
    this.#args = above ? above.#args : new Map();
  }

  /** The same execution with another context: errors are those of the whole answer. */
  within(context: unknown): Run {
    return context === this.context ? this : new Run(this.#plan, context, this.#variables, this);
  }

  /** The same for every parent of the field. @throws GraphQLError when they do not fit. */
  argsOf(field: FieldPlan): Values {
    if (field.args) return field.args;
    const known = this.#args.get(field) ?? getArgumentValues(field.definition, field.nodes[0], this.#variables);
    this.#args.set(field, known);
    return known;
  }

  infoOf({ definition, parentType, nodes }: FieldPlan, path: Path | undefined): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.#plan;
    return {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      path: path as GraphQLResolveInfo['path'],
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: this.#variables,
      [CHANGES_CONTEXT]: true,
    } as unknown as GraphQLResolveInfo;
  }

  /** Notes an error where null may stand. @throws it, located, where null may not: then the parent is null. */
  failed(error: unknown, nodes: readonly FieldNode[], type: GraphQLOutputType, path: Path): null {
    const located = locatedError(error, nodes, stepsOf(path));
    if (isNonNullType(type)) throw located;
    this.errors.push(located);
    return null;
  }
}

const CHANGES_CONTEXT = Symbol('heeds contextBelow');

/** Whether what executes the operation heeds {@link ContextBelow}: with any other, the fields below would keep the context above. */
export const changesContext = (info: object): boolean => CHANGES_CONTEXT in info;

const stepsOf = (path: Path): (string | number)[] => (path.prev ? [...stepsOf(path.prev), path.key] : [path.key]);

export const isPromise = <T>(value: T): value is T & Promise<Awaited<T>> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/** Calls `then` once those of the texts that are promises have been replaced by what they give. */
export const whenSettled = <T>(texts: (Text | Promise<Text>)[], then: () => T): T | Promise<T> => {
  let pending: Promise<unknown>[] | undefined;
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] as Text | Promise<Text>;
    if (!isPromise(text)) continue;
    pending ??= [];
    pending.push(
      text.then((settled) => {
        texts[index] = settled;
      }),
    );
  }
  if (!pending) return then();
  return pending.length === 1 && pending[0] ? pending[0].then(then) : Promise.all(pending).then(then);
};

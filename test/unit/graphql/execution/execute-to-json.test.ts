import fc from 'fast-check';
import {
  type ExecutionResult,
  execute,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createJsonExecutor } from '#graphql/execution/execute-to-json.ts';

/** What a resolver does: give a value, none, one that does not fit, or an error, at once or later. */
const OUTCOMES = ['value', 'value', 'value', 'null', 'misfit', 'error', 'throw'] as const;
type Outcome = { readonly what: (typeof OUTCOMES)[number]; readonly isLater: boolean };
type Outcomes = Readonly<Record<string, Outcome>>;

const outcomeOf = ({ what, isLater }: Outcome, value: unknown): unknown => {
  if (what === 'throw' && !isLater) throw new Error('thrown');
  const given = { value, null: null, misfit: { not: 'fitting' }, error: new Error('given'), throw: null }[what];
  if (!isLater) return given;
  return what === 'throw' ? Promise.reject(new Error('thrown')) : Promise.resolve(given);
};

interface Thing {
  readonly kind: string;
  readonly name: string;
  readonly depth: number;
}

/** Every field takes its outcome from the context, by its name and the depth of its parent. */
const field = (type: GraphQLOutputType, give: (parent: Thing) => unknown): GraphQLFieldConfig<Thing, Outcomes> => ({
  type,
  args: { up: { type: GraphQLInt, defaultValue: 1 } },
  resolve: (parent, { up }, context, { fieldName }) =>
    outcomeOf(
      context[`${fieldName}${parent.depth}`] ?? { what: 'value', isLater: false },
      typeof give(parent) === 'number' ? Number(give(parent)) + up : give(parent),
    ),
});

const below = ({ depth }: Thing, kind: string): Thing => ({ kind, name: `${kind} "${depth}" é\n`, depth: depth + 1 });

const schema = (): GraphQLSchema => {
  const fields = (): Record<string, GraphQLFieldConfig<Thing, Outcomes>> => ({
    name: field(GraphQLString, ({ name }) => name),
    title: field(new GraphQLNonNull(GraphQLString), ({ name }) => name),
    count: field(new GraphQLNonNull(GraphQLInt), ({ depth }) => depth),
    words: field(new GraphQLList(new GraphQLNonNull(GraphQLString)), ({ name }) => name.split(' ')),
    one: field(A, (parent) => below(parent, 'A')),
    must: field(new GraphQLNonNull(B), (parent) => below(parent, 'B')),
    named: field(Named, (parent) => below(parent, parent.depth % 2 ? 'A' : 'B')),
    many: field(new GraphQLNonNull(new GraphQLList(Either)), (parent) => [
      below(parent, 'A'),
      null,
      below(parent, 'B'),
    ]),
    all: field(new GraphQLList(new GraphQLNonNull(A)), (parent) => [
      below(parent, 'A'),
      Promise.resolve(below(parent, 'A')),
    ]),
  });
  const Named = new GraphQLInterfaceType({
    name: 'Named',
    fields: { name: { type: GraphQLString, args: { up: { type: GraphQLInt, defaultValue: 1 } } } },
    resolveType: ({ kind }) => kind,
  });
  const interfaces = [Named];
  const A: GraphQLObjectType = new GraphQLObjectType({ name: 'A', interfaces, fields });
  const B: GraphQLObjectType = new GraphQLObjectType({
    name: 'B',
    interfaces,
    fields,
    extensions: { isRecord: true },
  });
  const Either = new GraphQLUnionType({ name: 'Either', types: [A, B], resolveType: async ({ kind }) => kind });
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: () =>
      Object.fromEntries(
        Object.entries(fields()).map(([name, config]) => [
          name,
          {
            ...config,
            resolve: (_: unknown, args: object, context: Outcomes, info) =>
              config.resolve?.({ kind: 'A', name: 'root', depth: 0 }, args, context, info),
          } as GraphQLFieldConfig<unknown, Outcomes>,
        ]),
      ),
  });
  return new GraphQLSchema({ query, types: [A, B] });
};

const LEAVES = ['name', 'title', 'count', 'count(up: $up)', 'count(up: 3)', 'words', '__typename'];
const OBJECTS = ['one', 'must', 'all'];

const selectionOf = (depth: number): fc.Arbitrary<string> => {
  const leaf = fc.constantFrom(...LEAVES);
  const directive = fc.constantFrom('', '', '', ' @include(if: $yes)', ' @skip(if: $yes)');
  const leaves = fc.tuple(leaf, directive).map(([of, applied]) => `${of}${applied}`);
  if (depth === 0) return selections(leaves);
  const inner = selectionOf(depth - 1);
  const object = fc
    .tuple(fc.constantFrom(...OBJECTS), directive, inner)
    .map(([of, applied, s]) => `${of}${applied} ${s}`);
  const abstract = fc
    .tuple(fc.constantFrom('named', 'many'), inner, inner)
    .map(([of, a, b]) => `${of} { __typename ... on A ${a} ... on B ${b} }`);
  const fragment = fc.tuple(directive, inner).map(([applied, s]) => `...${applied} ${s}`);
  return selections(fc.oneof({ weight: 3, arbitrary: leaves }, object, abstract, fragment));
};

/** Each under an alias of its own, so that any fields can stand beside each other; some twice, so that they are merged. */
const selections = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => {
    const named = parts.map((of, index) => (of.startsWith('...') ? of : `${aliasOf(of, index)}: ${of}`));
    return `{ ${named.join(' ')} }`;
  });

const aliasOf = (of: string, index: number): string => `${of.replace(/\W.*/s, '')}_${index}_${of.length}`;

const outcomes = fc.dictionary(
  fc
    .tuple(fc.constantFrom('name', 'title', 'count', 'words', 'one', 'must', 'named', 'many', 'all'), fc.nat(3))
    .map(([name, depth]) => `${name}${depth}`),
  fc.record({ what: fc.constantFrom(...OUTCOMES), isLater: fc.boolean() }),
  { maxKeys: 10 },
);

/**
 * An answer as clients may rely on it. Where null went up to a parent, any of the errors below it will do, as GraphQL has it; so
 * each error counts for the place that is null because of it.
 */
const reliable = (result: ExecutionResult) => {
  const nullAt = (path: readonly (string | number)[]): string => {
    let value: unknown = result.data;
    const walked: (string | number)[] = [];
    for (const step of path) {
      if (value === null || value === undefined) break;
      walked.push(step);
      value = (value as Record<string | number, unknown>)[step];
    }
    return walked.join('.');
  };
  const errors = (result.errors ?? []).map(({ path = [], message }) => {
    const place = nullAt(path);
    return place === path.join('.') && TOLD.test(message) ? `${place}: ${message}` : place;
  });
  return { data: result.data, errors: [...new Set(errors)].sort() };
};

/** Other messages are of bugs in resolvers; clients do not get them. */
const TOLD = /^(thrown|given|Cannot return null)/;

const own = createJsonExecutor(schema());
const reference = schema();

describe('execution straight to JSON', () => {
  it('gives the data, nulls and places of errors that graphql-js gives, whatever resolvers do', async () => {
    await fc.assert(
      fc.asyncProperty(selectionOf(3), outcomes, fc.boolean(), fc.nat(5), async (selection, context, yes, up) => {
        const source = `query ($yes: Boolean = true, $up: Int) { ${selection.slice(1, -1)} ...@include(if: $yes) { name } ...@skip(if: $yes) { count(up: $up) } }`;
        const document = parse(source);
        const variableValues = { yes, up };
        const result = await own({ document, variableValues, contextValue: context });
        const expected = await execute({ schema: reference, document, variableValues, contextValue: context });
        if (!result) throw new Error('Expected the operation to be executed');
        const json = result.stringify(result);
        expect(reliable(JSON.parse(json))).toEqual(reliable(JSON.parse(JSON.stringify(expected))));
        if (!expected.errors) expect(json).toBe(JSON.stringify(expected));
      }),
      { numRuns: 600 },
    );
  });
});

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
import { changesContext } from '#graphql/execution/run.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { heapMegabytes, MEGABYTE } from '../../../support/heap.ts';

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

interface Row {
  readonly depth: number;
  readonly outcomes: Outcomes;
}

const rows = new WeakMap<Outcomes, Map<number, Row>>();

/** Of one context always the same, as records are between requests. */
const rowOf = (outcomes: Outcomes, depth: number): Row => {
  const ofContext = getOrMake(rows, outcomes, () => new Map<number, Row>());
  return getOrMake(ofContext, depth, () => ({ depth, outcomes }));
};

/** A field that follows from the record alone. */
const ofRow = (
  type: GraphQLOutputType,
  name: string,
  value: (row: Row) => unknown,
): GraphQLFieldConfig<Row, Outcomes> => ({
  type,
  resolve: (row) => {
    resolved += 1;
    return outcomeOf(row.outcomes[`${name}${row.depth}`] ?? { what: 'value', isLater: false }, value(row));
  },
});

/** How often fields of rows were resolved. */
let resolved = 0;

const rowBelow = ({ outcomes, depth }: Row): Row => rowOf(outcomes, depth + 1);

const Row: GraphQLObjectType<Row, Outcomes> = new GraphQLObjectType<Row, Outcomes>({
  name: 'Row',
  extensions: { isRecord: true },
  fields: () => ({
    name: ofRow(GraphQLString, 'name', () => 'name "of" row'),
    title: ofRow(new GraphQLNonNull(GraphQLString), 'title', () => 'title'),
    count: ofRow(new GraphQLNonNull(GraphQLInt), 'count', () => 7),
    words: ofRow(new GraphQLList(new GraphQLNonNull(GraphQLString)), 'words', () => ['a', 'b']),
    inner: ofRow(Row, 'one', rowBelow),
    // graphql-js leaves a rejection unhandled where a second item fails at once after a first that fails later.
    inners: ofRow(new GraphQLList(new GraphQLNonNull(Row)), 'all', (row) =>
      row.outcomes.second ? [rowBelow(row), rowBelow(rowBelow(row))] : [rowBelow(row)],
    ),
  }),
});

const below = ({ depth }: Thing, kind: string): Thing => ({ kind, name: `${kind} "${depth}" é\n`, depth: depth + 1 });

const schema = (): GraphQLSchema => {
  const fields = (): Record<string, GraphQLFieldConfig<Thing, Outcomes>> => ({
    name: field(GraphQLString, ({ name }) => name),
    title: field(new GraphQLNonNull(GraphQLString), ({ name }) => name),
    count: field(new GraphQLNonNull(GraphQLInt), ({ depth }) => depth),
    words: field(new GraphQLList(new GraphQLNonNull(GraphQLString)), ({ name }) => name.split(' ')),
    row: { type: Row, resolve: ({ depth }, _, context) => rowOf(context, depth) },
    must_row: { type: new GraphQLNonNull(Row), resolve: ({ depth }, _, context) => rowOf(context, depth) },
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
const ROW_FIELDS = [
  ...['name', 'title', 'count', 'words', '__typename'],
  ...[
    'inner { title }',
    'inner { count words name }',
    'inners { name title }',
    'inners { inner { count title name } }',
  ],
];
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
  const row = fc
    .tuple(fc.constantFrom('row', 'must_row'), fc.uniqueArray(fc.constantFrom(...ROW_FIELDS), { minLength: 3 }))
    .map(([of, fields]) => `${of} { ${fields.join(' ')} }`);
  const fragment = fc.tuple(directive, inner).map(([applied, s]) => `...${applied} ${s}`);
  return selections(fc.oneof({ weight: 3, arbitrary: leaves }, object, abstract, row, fragment));
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
        const expected = await execute({ schema: reference, document, variableValues, contextValue: context });
        // The second time, texts of records are there already.
        for (const _ of [1, 2]) {
          const result = await own({ document, variableValues, contextValue: context });
          if (!result) throw new Error('Expected the operation to be executed');
          const json = result.stringify(result);
          expect(reliable(JSON.parse(json))).toEqual(reliable(JSON.parse(JSON.stringify(expected))));
          if (!expected.errors) expect(json).toBe(JSON.stringify(expected));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('resolves once what follows from a record, the records that are parts of it included', async () => {
    const document = parse('{ row { name inner { title } inners { name title count } } }');
    const context: Outcomes = {};
    const answer = async () => {
      const result = await own({ document, contextValue: context });
      return result?.stringify(result);
    };
    const first = await answer();
    resolved = 0;
    expect(await answer()).toBe(first);
    expect(resolved).toBe(0);
  });

  it.each([
    ['{ row { name title count } }', { title0: true, count0: false }, ['row', 'count']],
    [
      '{ row { inners { name title count } } }',
      { title1: true, title2: false, second: true },
      ['row', 'inners', 1, 'title'],
    ],
  ])(
    'leaves no rejection unhandled when a part of a record fails at once after one that fails later: %s',
    async (query, failing, failed) => {
      const context: Outcomes = Object.fromEntries(
        Object.entries(failing).map(([name, isLater]) => [name, { what: 'throw', isLater }]),
      );
      const unhandled: unknown[] = [];
      const note = (error: unknown) => unhandled.push(error);
      process.on('unhandledRejection', note);
      const result = await own({ document: parse(query), contextValue: context });
      await new Promise(setImmediate);
      process.off('unhandledRejection', note);
      expect([result?.errors?.map(({ path }) => path), unhandled]).toEqual([[failed], []]);
    },
  );

  it('remembers nothing of names of operations that a document does not have', () => {
    const document = parse('query A { __typename } query B { __typename }');
    const ask = (name: string) => own({ document, operationName: name });
    expect([ask('A'), ask('B'), ask('C')].map((result) => result !== null)).toEqual([true, true, false]);
    const before = heapMegabytes();
    for (let i = 0; i < 1000; i++) ask(`${Buffer.alloc(MEGABYTE / 50, 'x').toString('latin1')}${i}`);
    expect(heapMegabytes() - before).toBeLessThan(5);
  });
});

interface Place {
  readonly name: string;
}

/** `moved` has the context `elsewhere` below it, whatever it is asked for by. */
const movingSchema = (): GraphQLSchema => {
  const Room: GraphQLObjectType<Place, Place> = new GraphQLObjectType<Place, Place>({
    name: 'Room',
    fields: () => ({
      place: { type: GraphQLString, resolve: (_, __, { name }) => name },
      late: {
        type: GraphQLString,
        resolve: async (_, { to }, { name }) => `${name} ${to}`,
        args: { to: { type: GraphQLString } },
      },
      failing: {
        type: GraphQLString,
        resolve: (_, __, { name }) => {
          throw new Error(`thrown in ${name}`);
        },
      },
      asked: { type: GraphQLString, resolve: (_, __, ___, info) => `${changesContext(info)}` },
      inner: { type: Room, resolve: (parent) => parent },
    }),
  });
  const query = new GraphQLObjectType<unknown, Place>({
    name: 'Query',
    fields: {
      here: { type: Room, resolve: () => ({}) },
      moved: {
        type: Room,
        args: { to: { type: GraphQLString } },
        extensions: { contextBelow: (value: Place) => value },
        resolve: async (_, { to }) => (to === 'nowhere' ? null : { name: to }),
      },
    },
  });
  return new GraphQLSchema({ query });
};

describe('a field with a context of its own below it', () => {
  const execution = createJsonExecutor(movingSchema());
  const ask = async (source: string, variableValues = {}) => {
    const request = { document: parse(source), contextValue: { name: 'home' }, variableValues };
    const result = await execution(request);
    if (!result) throw new Error('Expected the operation to be executed');
    return JSON.parse(result.stringify(result));
  };

  it('gives it to everything below the field, at any depth, and to nothing beside it', async () => {
    const selected = '{ place late(to: $word) inner { place inner { late(to: "y") } } }';
    const answer = await ask(
      `query ($word: String) { here { place } moved(to: "past") ${selected} other: moved(to: "$") { place } }`,
      {
        word: 'x',
      },
    );
    expect(answer).toEqual({
      data: {
        here: { place: 'home' },
        moved: { place: 'past', late: 'past x', inner: { place: 'past', inner: { late: 'past y' } } },
        other: { place: '$' },
      },
    });
  });

  it('reports errors below the field with those of the whole answer, and takes null for null', async () => {
    const answer = await ask(
      '{ here { failing } moved(to: "past") { inner { failing } } none: moved(to: "nowhere") { place } }',
    );
    expect(answer.data).toEqual({ here: { failing: null }, moved: { inner: { failing: null } }, none: null });
    expect(answer.errors.map(({ message, path }: { message: string; path: unknown }) => [message, path])).toEqual([
      ['thrown in home', ['here', 'failing']],
      ['thrown in past', ['moved', 'inner', 'failing']],
    ]);
  });

  it('lets resolvers know whether what executes them does so', async () => {
    const own = await ask('{ here { asked } }');
    const other = await execute({ schema: movingSchema(), document: parse('{ here { asked } }'), contextValue: {} });
    expect([own.data, other.data]).toEqual([{ here: { asked: 'true' } }, { here: { asked: 'false' } }]);
  });
});

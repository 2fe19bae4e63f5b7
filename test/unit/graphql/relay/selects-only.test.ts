import { buildSchema, type GraphQLResolveInfo, graphql } from 'graphql';
import { expect, it } from 'vitest';
import { selectsOnly } from '#graphql/relay/reference.ts';

const schema = buildSchema(`
  interface Named { name: String }
  interface Owned { owner: String }
  type Thing implements Named { id: ID name: String other: Thing }
  type Query { thing: Thing named: Named }
  type House implements Named & Owned { id: ID name: String owner: String }
`);

const isWithin = async (selection: string, fragments = ''): Promise<boolean> => {
  let answer: boolean | undefined;
  await graphql({
    schema,
    source: `query { thing ${selection} } ${fragments}`,
    rootValue: {
      thing: (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
        answer = selectsOnly(info, new Set(['id']));
        return null;
      },
    },
  });
  if (answer === undefined) throw new Error('The field was not resolved.');
  return answer;
};

it.each(['{ id }', '{ __typename id }', '{ mine: id }', '{ ... on Thing { id } }', '{ ... { id ... { id } } }'])(
  '%s asks for nothing more',
  async (selection) => {
    expect(await isWithin(selection)).toBe(true);
  },
);

it.each([
  '{ name }',
  '{ id: name }',
  '{ id other { id } }',
  '{ ... on Thing { name } }',
  '{ id name @include(if: false) }',
])('%s asks for more', async (selection) => {
  expect(await isWithin(selection)).toBe(false);
});

it('looks into named fragments, and at every place where the field is selected', async () => {
  expect(await isWithin('{ ...F }', 'fragment F on Thing { id }')).toBe(true);
  expect(await isWithin('{ ...F }', 'fragment F on Thing { id name }')).toBe(false);
  expect(await isWithin('{ id } thing { name }')).toBe(false);
});

it('leaves out fragments on types that the object is not of, where the schema has its type', async () => {
  let answers: boolean[] = [];
  const named = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    answers = ['Thing', 'House', 'Renamed'].map((type) => selectsOnly(info, new Set(['id']), type));
    return null;
  };
  const asked = async (selection: string): Promise<readonly boolean[]> => {
    await graphql({ schema, source: `{ named { ${selection} } }`, rootValue: { named } });
    return answers;
  };
  expect(await asked('... on House { name } ... on Thing { id }')).toEqual([true, false, false]);
  expect(await asked('... on Owned { owner }')).toEqual([true, false, false]);
  expect(await asked('... on Named { name }')).toEqual([false, false, false]);
});

import type { Random } from '#demo/random.ts';
import type { GeneratedOperation } from './generate-operation.ts';

/** What is sent: a body that may be no operation at all. */
export interface BrokenRequest {
  readonly how: string;
  readonly body: string;
}

type Breaker = (operation: GeneratedOperation, random: Random) => unknown;

const document =
  (change: (query: string, random: Random) => string): Breaker =>
  ({ query, variables }, random) => ({ query: change(query, random), variables });

const at = (query: string, random: Random): number => random.int(0, query.length - 1);

const TOKENS = ['{', '}', '(', ')', '$', '...', '@', ':', '"', '"""', '[', '!', '\u0000', '&', '|', 'on', 'null', '{}'];

/** Every way to get an operation wrong; a few of the results happen to be right. */
const BREAKERS: Readonly<Record<string, Breaker>> = {
  'a character missing': document((query, random) => {
    const i = at(query, random);
    return query.slice(0, i) + query.slice(i + 1);
  }),
  'a token too many': document((query, random) => {
    const i = at(query, random);
    return query.slice(0, i) + random.pick(TOKENS) + query.slice(i);
  }),
  'cut off': document((query, random) => query.slice(0, at(query, random))),
  'an unknown field': document((query) => query.replace('{', '{ noSuchField ')),
  'an unknown argument': document((query) => query.replace(/: (\w+)/, ': $1(noSuchArgument: 1)')),
  'an unknown fragment': document((query) => query.replace('{', '{ ...NoSuchPart ')),
  'an unknown directive': document((query) => query.replace('{', '@noSuchDirective {')),
  'an undeclared variable': document((query) => query.replace('{', '{ x: host(id: $noSuchVariable) { id } ')),
  'a fragment within itself': document((query) => `${query}\nfragment A on Query { ...A }`.replace('{', '{ ...A ')),
  'a selection on a leaf': document((query) => query.replace('{', '{ x: __typename { y } ')),
  'no selection on an object': document((query) => query.replace('{', '{ x: sources ')),
  'values of a wrong type': document((query) => query.replace('{', '{ x: hosts(first: {a: [1]}) { totalCount } ')),
  'an integer too large': document((query) => query.replace('{', '{ x: hosts(first: 99999999999) { totalCount } ')),
  'too deep': document((query) => query.replace('{', `{ x: sources ${'{ a '.repeat(60)}${'}'.repeat(60)} `)),
  'too many aliases': document((query) =>
    query.replace('{', `{ ${Array.from({ length: 200 }, (_, i) => `z${i}: __typename`).join(' ')} `),
  ),
  'too many tokens': document((query) => query.replace('{', `{ ${'__typename '.repeat(6_000)}`)),
  'a mutation': document((query) => query.replace('query', 'mutation')),
  'two operations of one name': document((query) => `${query}\n${query}`),
  'an operation that is not there': ({ query }) => ({ query, operationName: 'NoSuchOperation' }),
  'variables that are no object': ({ query }, random) => ({
    query,
    variables: random.pick<unknown>([[], 1, 'x', true, [{}]]),
  }),
  'variables of a wrong type': () => ({
    query: 'query ($first: Int!) { hosts(first: $first) { totalCount } }',
    variables: { first: { no: 'number' } },
  }),
  'a list too long': () => ({
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array.from({ length: 1_200 }, () => 'x') },
  }),
  'a body of another kind': (_, random) =>
    random.pick<unknown>([null, 1, 'query', [], {}, { query: 1 }, [{}], { q: '' }]),
  'extensions that are no object': ({ query }) => ({ query, extensions: 'x' }),
  'an unknown persisted operation': () => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
  }),
};

export const breakOperation = (operation: GeneratedOperation, random: Random): BrokenRequest => {
  if (random.chance(0.04))
    return { how: 'a body that is no JSON', body: random.pick(['', '{', 'nul', '\u0000', '{"query":']) };
  const [how, change] = random.pick(Object.entries(BREAKERS));
  return { how, body: JSON.stringify(change(operation, random)) };
};

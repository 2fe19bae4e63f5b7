import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { graphiqlAddress } from '../../../explorer/src/api/graphiql-address.ts';

const queryOf = (address: string): string =>
  (new URL(address, 'http://gateway').searchParams.get('query') ?? '').replaceAll(/\s+/g, ' ');

it('makes an operation that runs as it is: its variables became default values, each in the notation of its type', () => {
  const operation = parse(
    'query Q($id: ID!, $first: Int, $side: InventorySide!, $kinds: [DependencyKind!], $all: Boolean, $no: ID) { a(id: $id) }',
  );
  const variables = { id: 'a"b', first: 5, side: 'CLOUD', kinds: ['USES', 'OWNS'], all: true };
  expect(queryOf(graphiqlAddress(operation, variables))).toBe(
    'query Q($id: ID! = "a\\"b", $first: Int = 5, $side: InventorySide! = CLOUD, $kinds: [DependencyKind!] = [USES, OWNS], $all: Boolean = true, $no: ID) { a(id: $id) }',
  );
});

import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { sidesOfOperation } from '#watches/sides-of-operation.ts';
import { schema } from '../../../src/schema.ts';

const sidesOf = (document: string): readonly string[] => {
  expect(validate(schema, parse(document))).toEqual([]);
  return [...sidesOfOperation(schema, document)].toSorted();
};

it.each([
  ['CLOUD', '{ resources { totalCount } }'],
  ['CLOUD', '{ findings { nodes { resource { account { name } } } } }'],
  ['CLOUD', '{ resourceGroups(by: [SERVICE]) { groups { count } } }'],
  ['NETWORK', '{ hosts { totalCount } }'],
  ['NETWORK', 'query ($network: ID!) { network(id: $network) { name } }'],
  ['NETWORK', 'query ($search: String) { hosts(filter: { search: $search }) { nodes { id services { name } } } }'],
  ['NETWORK', '{ hostGroups(by: [NETWORK]) { groups { count } } }'],
  ['NETWORK', '{ hosts { ...Named } } fragment Named on HostConnection { nodes { name } }'],
])('a question about one inventory depends on readings of that one: %s, %s', (side, document) => {
  expect(sidesOf(document)).toEqual([side]);
});

it.each([
  ['records of either', '{ node(id: "id") { id } }'],
  ['records of one and, below them, of the other', '{ hosts { nodes { resources { confidence } } } }'],
  [
    'a fragment with records of the other',
    '{ hosts { ...F } } fragment F on HostConnection { nodes { resources { confidence } } }',
  ],
  ['what follows from both', '{ correlationReport { candidates } }'],
  ['a number that is computed from other records', '{ resources { nodes { dependents { totalCount } } } }'],
  ['no records', '{ sources { name } }'],
  ['no field', '{ __typename }'],
])('a question depends on readings of both inventories that selects %s', (_, document) => {
  expect(sidesOf(document)).toEqual(['CLOUD', 'NETWORK']);
});

it.each([
  ['hosts that are linked', '{ hosts(filter: { linked: false }) { totalCount } }'],
  ['resources that are linked', '{ resources(filter: { linked: true }) { totalCount } }'],
  ['hosts by a variable', 'query ($linked: Boolean) { hosts(filter: { linked: $linked }) { totalCount } }'],
  ['hosts by a filter that is a variable', 'query ($filter: HostFilter) { hosts(filter: $filter) { totalCount } }'],
  ['hosts counted by whether they are linked', '{ hostGroups(by: [NETWORK, LINKED]) { groups { count } } }'],
  ['hosts counted by a variable', 'query ($by: [HostDimension!]!) { hostGroups(by: $by) { groups { count } } }'],
])('a question depends on readings of both inventories that asks for %s', (_, document) => {
  expect(sidesOf(document)).toEqual(['CLOUD', 'NETWORK']);
});

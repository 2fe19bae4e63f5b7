import {
  buildSchema,
  type FragmentDefinitionNode,
  GraphQLObjectType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { type CostLimit, checkCost } from '#graphql/pricing/check-cost.ts';
import { estimate } from '#graphql/pricing/estimate.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { byId, type FanOut, listPage, listPerParent, perParent, wholeSet } from '#graphql/pricing/prices.ts';
import type { Estimate } from '#graphql/pricing/tally.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';

const schema = buildSchema(`
  interface Asset { id: ID! dependencies(first: Int): [Asset!] }
  type Resource implements Asset { id: ID! dependencies(first: Int): [Asset!] findings(first: Int): Findings account: Account }
  type Host implements Asset { id: ID! dependencies(first: Int): [Asset!] }
  type Account { name: String }
  type Finding { id: ID! resource: Resource account: Account }
  type Findings { nodes: [Finding!]! }
  type Resources { nodes: [Resource!]! }
  type Query { findings(first: Int): Findings typed(types: [String!]): Findings resources(first: Int, after: String): Resources assets: [Asset!] accounts: [Account] }
`);

const price = (type: string, field: string, of: PriceOf): void => {
  const object = schema.getType(type);
  const target = object instanceof GraphQLObjectType ? object.getFields()[field] : undefined;
  if (!target) throw new Error(`${type}.${field} is not in the schema`);
  target.extensions = { price: of };
};
price('Query', 'findings', listPage('CLOUD', 'findings'));
const typesApart: FanOut = ({ types }) => (Array.isArray(types) && types.length > 1 ? types.length : null);
price('Query', 'typed', listPage('CLOUD', 'findings', typesApart));
price('Query', 'resources', listPage('CLOUD', 'resources'));
price('Query', 'accounts', wholeSet('CLOUD', 'accounts'));
price('Finding', 'resource', byId('CLOUD', 'resources'));
price('Finding', 'account', wholeSet('CLOUD', 'accounts'));
price('Resource', 'account', wholeSet('CLOUD', 'accounts'));
price('Resource', 'findings', listPerParent('CLOUD', 'findings'));
price('Resource', 'dependencies', perParent('CLOUD', 3));

const priced = (text: string, sizes: { resources?: number; findings?: number } = {}, variables = {}): Estimate => {
  const { definitions } = parse(text);
  const operation = definitions.find((node): node is OperationDefinitionNode => node.kind === 'OperationDefinition');
  if (!operation) throw new Error('expected an operation');
  const fragments = definitions.filter((node): node is FragmentDefinitionNode => node.kind === 'FragmentDefinition');
  return estimate({
    schema,
    operation,
    fragments: Object.fromEntries(fragments.map((node) => [node.name.value, node])),
    variables,
    known: {
      sources: { CLOUD: 1, NETWORK: 1 },
      paging: pagingOf(sourceKinds),
      sizes,
      fromIndex: false,
      holds: () => false,
      lookup: () => null,
      filtersSeverities: true,
      indexed: { resources: false, findings: false, edges: false },
      counted: { resources: false, findings: false, hosts: false, services: false },
      statistics: new Set(),
    },
  });
};

describe('the estimate of an operation', () => {
  it('prices 100 findings with their resources at one page, one call each and a look at the newest scans while sizes are unknown', () => {
    expect(priced('{ findings(first: 100) { nodes { resource { id } } } }').requests.CLOUD).toBe(102);
  });

  it('prices the same at one page, the whole list, a probe and a look at the scans once 1,200 resources are known', () => {
    const { requests } = priced('{ findings(first: 100) { nodes { resource { id } } } }', { resources: 1200 });
    expect(requests.CLOUD).toBe(1 + 12 + 1 + 1);
  });

  it('counts a set that is read once per request once, however often it is selected', () => {
    const text = '{ accounts { name } findings(first: 100) { nodes { account { name } a2: account { name } } } }';
    expect(priced(text).requests.CLOUD).toBe(2);
  });

  it('follows fragments and variables, and leaves out what is skipped', () => {
    const text = `query ($n: Int, $no: Boolean!) { resources(first: $n) { nodes { ...R findings @include(if: $no) { nodes { id } } } } }
      fragment R on Resource { dependencies { id } }`;
    expect(priced(text, {}, { n: 200, no: false }).requests.CLOUD).toBe(2 + 1 + 200);
  });

  it('prices a field of an interface as its dearest implementation', () => {
    expect(priced('{ assets { dependencies { id } } }').requests.CLOUD).toBe(10);
  });

  it('adds a call for each value that is requested separately, which many values of a short list are not', () => {
    const ofTypes = (count: number) => Array.from({ length: count }, (_, i) => `"type ${i}"`).join(' ');
    const calls = (count: number) =>
      priced(`{ typed(types: [${ofTypes(count)}]) { nodes { id } } }`, { findings: 310 }).requests.CLOUD;
    expect([calls(1), calls(8), calls(100)]).toEqual([1, 4 + 8, 4]);
  });

  it('adds three pages for a cut: it may straddle one more, the first has the length, the one before what was shown', () => {
    expect(priced('{ resources(first: 100, after: "x") { nodes { id } } }').requests.CLOUD).toBe(5);
  });
});

const limitsOf = (cloud: number, network: number): CostLimit[] => [
  { side: 'CLOUD', kind: 'SCANORBIT', label: 'ScanOrbit', requests: cloud },
  { side: 'NETWORK', kind: 'SCANOPY', label: 'Scanopy', requests: network },
];

describe('the cost limit', () => {
  it('lets an operation at the limit run', () => {
    expect(checkCost(priced('{ accounts { name } }'), limitsOf(1, 0))).toBeNull();
  });

  it('refuses an operation over it with estimate, limit and the fields that cost most, dearest first', () => {
    const refusal = checkCost(priced('{ findings(first: 100) { nodes { resource { id } } } }'), limitsOf(60, 60));
    expect(refusal?.code).toBe('COST_LIMIT_EXCEEDED');
    expect(refusal?.details).toMatchObject({
      estimate: 102,
      limit: 60,
      fields: [
        { path: 'findings.nodes.resource', requests: 101 },
        { path: 'findings', requests: 1 },
      ],
    });
    expect(refusal?.message).toContain('findings.nodes.resource (101)');
  });
});

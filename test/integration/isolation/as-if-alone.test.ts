import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '#server/create-gateway.ts';
import type { Harness } from '../../support/harness.ts';
import { asTenant, startAlone, startTwoTenants, type Tenant, WORLD } from './two-tenants.ts';

let harness: Harness;
let alone: Gateway;
beforeAll(async () => {
  harness = await startTwoTenants();
  alone = await startAlone(harness, 'acme');
});
afterAll(async () => {
  await alone.close();
  await harness.close();
});

interface Pairs {
  readonly nodes: readonly { readonly host: { readonly id: string }; readonly resource: { readonly id: string } }[];
}

interface Source {
  readonly name: string;
  readonly lastError: string | null;
}

interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors?: unknown;
}

const ask = async (
  url: string,
  query: string,
  variables: object,
  headers: Record<string, string> = asTenant('acme'),
): Promise<Answer> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  return { data, errors };
};

const resourceIds = WORLD.cloud.resources.slice(0, 3).map(({ resourceId }) => resourceId);
const hostnames = WORLD.network.hosts.flatMap(({ hostname }) => (hostname ? [hostname] : [])).slice(0, 3);
const terms = [
  ...resourceIds,
  ...hostnames,
  ...WORLD.cloud.resources.slice(0, 3).map(({ id }) => id),
  ...WORLD.network.hosts.slice(0, 3).map(({ id }) => id),
  ...WORLD.network.subnets.slice(0, 2).map(({ cidr }) => cidr),
  ...WORLD.network.hosts.flatMap((host) => host.addresses.map(({ address }) => address)).slice(0, 5),
];
const numbers = WORLD.cloud.accounts.slice(0, 2).map(({ awsAccountNumber }) => awsAccountNumber);

/** Everything that is gathered from all a viewer's sources. The twin has the same ids, names and addresses in everything. */
const QUESTIONS: readonly [name: string, query: string, variables?: object][] = [
  ['sources', '{ sources { name kind } }'],
  ['organizations and accounts', '{ organizations { id name } accounts { id awsAccountNumber } }'],
  [
    'lists',
    '{ resources(first: 500) { totalCount nodes { id name } } findings(first: 200) { totalCount nodes { id } } }',
  ],
  [
    'network lists',
    '{ hosts(first: 500) { totalCount nodes { id } } services(first: 500) { totalCount nodes { id } } subnets { totalCount } networks { totalCount } }',
  ],
  [
    'small lists',
    '{ daemons { id } networkTags { id } vlans { id } serviceDependencies { id } discoveries(first: 50) { nodes { id } } }',
  ],
  ['counts and vocabularies', '{ resourceStats { total } findingStats { total } resourceRegions resourceServices }'],
  ['scans', '{ scans(first: 50) { totalCount nodes { id status } } }'],
  ['lookup', 'query ($terms: [String!]!) { lookup(any: $terms) { term matchedOn node { id } } }', { terms }],
  [
    'correlations',
    '{ correlations(first: 500, minConfidence: LOW) { totalCount nodes { host { id } resource { id } rule confidence evidence { detail } } } }',
  ],
  ['unmatched cloud', '{ unmatched(side: CLOUD, first: 500) { totalCount nodes { asset { id } reasons } } }'],
  ['unmatched network', '{ unmatched(side: NETWORK, first: 500) { totalCount nodes { asset { id } reasons } } }'],
  [
    'report',
    '{ correlationReport { linksByRule { key count } candidates unmatchedCloud { key count } unmatchedNetwork { key count } } }',
  ],
  ['changes', '{ changes(first: 50) { totalCount } }'],
  [
    'dependencies',
    '{ resources(first: 50) { nodes { id dependencies { nodes { id } } dependents { nodes { id } } } } }',
  ],
  [
    'resource by its AWS identifier',
    'query ($id: String!) { resource(by: { resourceId: $id }) { id } }',
    { id: resourceIds[0] },
  ],
  [
    '_entities by natural keys',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Node { id } } }',
    {
      of: [
        ...resourceIds.map((resourceId) => ({ __typename: 'Resource', resourceId })),
        ...hostnames.map((hostname) => ({ __typename: 'Host', hostname })),
        ...numbers.map((awsAccountNumber) => ({ __typename: 'CloudAccount', awsAccountNumber })),
      ],
    },
  ],
];

describe('a tenant’s answers are those of a gateway without other tenants', () => {
  it.each(QUESTIONS.map(([name, query, variables = {}]) => ({ name, query, variables })))(
    '$name',
    async ({ query, variables }) => {
      const shared = await ask(harness.url, query, variables);
      const single = await ask(alone.url, query, variables);
      expect(Object.values(single.data).filter((value) => value !== null)).not.toEqual([]);
      expect(shared).toEqual(single);
      expect(JSON.stringify(shared)).not.toContain('globex');
    },
  );

  it('graphs, from a machine that both tenants have', async () => {
    const first = '{ correlations(first: 20) { nodes { host { id } resource { id } } } }';
    const { data } = await ask(alone.url, first, {});
    const { nodes } = data.correlations as Pairs;
    const variables = {
      hosts: nodes.map(({ host }) => host.id),
      host: nodes[0]?.host.id,
      resource: nodes[0]?.resource.id,
    };
    const query = `query ($hosts: [ID!]!, $host: ID!, $resource: ID!) {
      graph(roots: $hosts, depth: 4) { vertices { id depth } arrows { from to kind } truncated frontier export(format: DOT) }
      impact(id: $resource, depth: 4) { impacted { asset { id } effect path } truncated }
      paths(from: $host, to: $resource) { vertices { id } }
    }`;
    const shared = await ask(harness.url, query, variables);
    expect(shared).toEqual(await ask(alone.url, query, variables));
    expect(shared.errors).toBeUndefined();
    expect(shared.data).toHaveProperty('graph.vertices.3');
    expect(shared.data).toHaveProperty('impact.impacted.0');
    expect(shared.data).toHaveProperty('paths.0.vertices.1');
  });
});

it('an upstream that fails is reported to its own tenant only', async () => {
  harness.scanorbit[1]?.faults.add({ kind: 'status-503' });
  const query = '{ organizations { id } accounts { id } sources { name lastError health } }';
  const failures = async (tenant: Tenant) => {
    const fresh = { ...asTenant(tenant), 'cache-control': 'no-cache' };
    const { data, errors } = await ask(harness.url, query, {}, fresh);
    return { data, errors, failing: (data.sources as Source[]).filter(({ lastError }) => lastError !== null) };
  };
  await failures('globex');
  const told = await failures('globex');
  expect(told.failing.map(({ name }) => name)).toEqual(['globex-cloud']);
  expect(JSON.stringify(told.errors)).toContain('globex-cloud');

  const { failing, ...shared } = await failures('acme');
  expect(failing).toEqual([]);
  expect(shared.errors).toBeUndefined();
  expect(shared).toEqual(await ask(alone.url, query, {}));
});

import type { Random } from '#demo/random.ts';
import type { createCompany } from './company.ts';
import { idOf } from './company.ts';

/** An operation and how its variables are drawn. */
export interface BenchOperation {
  readonly name: string;
  readonly query: string;
  readonly variables: (random: Random) => object;
}

type Company = ReturnType<typeof createCompany>;

const cursor = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url');

/** Ten different questions of both halves and across, each with variables of its own. */
export const tenOperations = ({ cloud, network }: Company): readonly BenchOperation[] => {
  const services = [...new Set(cloud.resources.map(({ service }) => service))];
  const words = ['orders', 'web', 'db', 'prod', 'cache', 'lambda', 'eu', 'backup', 'api', 'worker'];
  const page = (random: Random, rows: number) => ({
    first: random.int(10, 50),
    after: cursor(random.int(0, rows - 20)),
  });
  return [
    {
      name: 'findings with resource and account',
      query:
        'query ($first: Int, $after: String) { findings(first: $first, after: $after) { nodes { severity summary resource { name service } account { name } } } }',
      variables: (random) => page(random, cloud.findings.length),
    },
    {
      name: 'findings of some severities',
      query:
        'query ($severity: [FindingSeverity!], $first: Int) { findings(first: $first, filter: { severity: $severity }) { totalCount nodes { summary } } }',
      variables: (random) => ({
        first: random.int(5, 60),
        severity: random.pick([['HIGH'], ['LOW'], ['MEDIUM', 'HIGH'], ['CRITICAL', 'HIGH']]),
      }),
    },
    {
      name: 'resources of one service',
      query:
        'query ($service: [String!], $first: Int) { resources(first: $first, filter: { service: $service }) { totalCount nodes { name state } } }',
      variables: (random) => ({ first: random.int(5, 60), service: [random.pick(services)] }),
    },
    {
      name: 'resources by text',
      query:
        'query ($search: String, $first: Int) { resources(first: $first, filter: { search: $search }) { totalCount nodes { name } } }',
      variables: (random) => ({ first: random.int(5, 60), search: random.pick(words) }),
    },
    {
      name: 'one resource with its findings',
      query: 'query ($id: ID!) { resource(by: { id: $id }) { name account { name } findings { nodes { summary } } } }',
      variables: (random) => ({ id: idOf('Resource', random.pick(cloud.resources)) }),
    },
    {
      name: 'dependencies of one resource',
      query:
        'query ($id: ID!) { resource(by: { id: $id }) { displayName dependencies { edges { kind node { displayName } } } } }',
      variables: (random) => ({ id: idOf('Resource', random.pick(cloud.resources)) }),
    },
    {
      name: 'hosts with addresses and services',
      query:
        'query ($first: Int, $after: String) { hosts(first: $first, after: $after) { nodes { displayName network { name } addresses { address subnet { cidr } } services { name } } } }',
      variables: (random) => page(random, network.hosts.length),
    },
    {
      name: 'hosts by text',
      query:
        'query ($search: String) { hosts(first: 20, filter: { search: $search }) { totalCount nodes { displayName } } }',
      variables: (random) => ({ search: random.pick(words) }),
    },
    {
      name: 'some hosts by id',
      query:
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Host { displayName tags { name } services { name } } } }',
      variables: (random) => ({
        ids: Array.from({ length: random.int(1, 40) }, () => idOf('Host', random.pick(network.hosts))),
      }),
    },
    {
      name: 'across: one resource, one host, accounts and networks',
      query:
        'query ($resource: ID!, $host: ID!) { node(id: $resource) { ... on Resource { name } } host(id: $host) { displayName } accounts { name } networks { nodes { name } } }',
      variables: (random) => ({
        resource: idOf('Resource', random.pick(cloud.resources)),
        host: idOf('Host', random.pick(network.hosts)),
      }),
    },
  ];
};

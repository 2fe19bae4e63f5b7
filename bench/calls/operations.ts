import type { createCompany } from '../company.ts';
import { idOf } from '../company.ts';
import type { Rest, WireRow } from './rest.ts';

/** A named operation, and the calls its resolvers would make if each fetched what it shows. */
export interface CountedOperation {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
  /** How many people ask it at the same moment. @default 1 */
  readonly people?: number;
  readonly resolve: (rest: Rest) => Promise<unknown>;
}

const each = <T>(
  rows: readonly T[],
  ask: (row: T) => Promise<unknown> | readonly Promise<unknown>[],
): Promise<unknown> => Promise.all(rows.flatMap((of) => ask(of)));

const tagIdsOf = ({ tags }: WireRow): string[] =>
  Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];

const hostFields = (rest: Rest) => (host: WireRow) => [
  rest.network(`/networks/${host.network_id}`),
  ...tagIdsOf(host).map((id) => rest.network(`/tags/${id}`)),
  ...(host.ip_addresses ?? []).map((address) => rest.network(`/subnets/${address.subnet_id}`)),
];

export const countedOperations = ({
  cloud,
  network,
}: ReturnType<typeof createCompany>): readonly CountedOperation[] => {
  const hosts = network.hosts.slice(0, 250);
  const [resource] = cloud.resources.filter(({ service }) => service === 'ec2');
  const resourceId = resource?.id ?? '';
  return [
    {
      name: '100 findings with their resources',
      query: '{ findings(first: 100) { nodes { summary resource { name } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/findings?limit=100'), (of) =>
          of.resourceId ? [rest.cloud(`/resources/${of.resourceId}`)] : [],
        ),
    },
    {
      name: '100 findings with resource, account and last scan',
      query: '{ findings(first: 100) { nodes { summary resource { name } account { name } lastScan { status } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/findings?limit=100'), (of) => [
          ...(of.resourceId ? [rest.cloud(`/resources/${of.resourceId}`)] : []),
          rest.cloud('/accounts'),
          rest.cloud('/scans/recent?limit=100'),
        ]),
    },
    {
      name: '100 resources with their findings',
      query: '{ resources(first: 100) { nodes { name findings { nodes { summary } } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/resources?limit=100'), (of) => rest.cloud(`/findings?limit=100&resourceId=${of.id}`)),
    },
    {
      name: '50 resources with their dependencies',
      query: '{ resources(first: 50) { nodes { name dependencies { edges { kind node { displayName } } } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/resources?limit=50'), (of) => rest.cloud(`/resources/${of.id}/dependencies`)),
    },
    {
      name: 'accounts with first resources, findings and scans of each',
      query:
        '{ accounts { name resources(first: 10) { nodes { name } } findings(first: 10) { nodes { summary } } scans(first: 5) { nodes { status } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/accounts'), (of) => [
          rest.cloud(`/resources?limit=10&awsAccountId=${of.id}`),
          rest.cloud(`/findings?limit=10&awsAccountId=${of.id}`),
          rest.cloud('/scans/recent?limit=100'),
          rest.cloud('/scans/active'),
        ]),
    },
    {
      name: 'certificates about to expire, with their accounts',
      query:
        '{ findings(first: 50, filter: { type: ["ssl_expiry"] }) { nodes { certificate { primaryDomain notAfter } account { name } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/findings?limit=50&type=ssl_expiry'), (of) => [
          rest.cloud(`/findings/${of.id}`),
          rest.cloud('/accounts'),
        ]),
    },
    {
      name: 'resources by text, a page of 20 and the count',
      query: '{ resources(first: 20, filter: { search: "orders" }) { totalCount nodes { name } } }',
      // The upstream cannot search: whoever answers completely reads all.
      resolve: (rest) =>
        each(Array.from({ length: Math.ceil(cloud.resources.length / 100) }), (_) => []).then(() =>
          Promise.all(
            Array.from({ length: Math.ceil(cloud.resources.length / 100) }, (_, page) =>
              rest.cloud(`/resources?limit=100&page=${page + 1}`),
            ),
          ),
        ),
    },
    {
      name: 'a detail page: one resource, account, findings, dependencies and dependents',
      query:
        'query ($id: ID!) { resource(by: { id: $id }) { name account { name } findings { nodes { summary } } dependencies { totalCount } dependents { totalCount } } }',
      variables: { id: idOf('Resource', { id: resourceId }) },
      resolve: (rest) =>
        Promise.all([
          rest.cloud(`/resources/${resourceId}`),
          rest.cloud('/accounts'),
          rest.cloud(`/findings?limit=100&resourceId=${resourceId}`),
          rest.cloud(`/resources/${resourceId}/dependencies`),
          rest.cloud(`/resources/${resourceId}/dependents`),
        ]),
    },
    {
      name: '100 hosts with addresses and subnets, ports, services, tags and network',
      query:
        '{ hosts(first: 100) { nodes { displayName network { name } tags { name } ports { number } services { name } addresses { address subnet { cidr } } } } }',
      resolve: async (rest) => each(await rest.network('/hosts?limit=100'), hostFields(rest)),
    },
    {
      name: '100 services with their hosts',
      query: '{ services(first: 100) { nodes { name host { displayName } } } }',
      resolve: async (rest) =>
        each(await rest.network('/services?limit=100'), (of) => rest.networkByIds('hosts', [of.host_id ?? ''])),
    },
    {
      name: '250 hosts by id, with network and tags',
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Host { displayName network { name } tags { name } } } }',
      variables: { ids: hosts.map((host) => idOf('Host', host)) },
      resolve: async (rest) =>
        each(hosts, async ({ id }) => {
          const [host] = await rest.networkByIds('hosts', [id]);
          if (host)
            await Promise.all([
              rest.network(`/networks/${host.network_id}`),
              ...tagIdsOf(host).map((tag) => rest.network(`/tags/${tag}`)),
            ]);
        }),
    },
    {
      name: 'networks with subnets, daemons and first hosts of each',
      query:
        '{ networks { nodes { name subnets { nodes { cidr } } daemons { name } hosts(first: 10) { nodes { displayName } } } } }',
      resolve: async (rest) =>
        each(await rest.network('/networks?limit=100'), (of) => [
          rest.network(`/subnets?limit=1000&network_id=${of.id}`),
          rest.network(`/daemons?limit=1000&network_id=${of.id}`),
          rest.network(`/hosts?limit=10&network_id=${of.id}`),
        ]),
    },
    {
      name: 'across: 50 findings with resource and account beside 50 hosts with network, tags and subnets',
      query:
        '{ findings(first: 50) { nodes { summary resource { name } account { name } } } hosts(first: 50) { nodes { displayName network { name } tags { name } addresses { subnet { cidr } } } } }',
      resolve: async (rest) => {
        const findings = await rest.cloud('/findings?limit=50');
        await each(findings, (of) => [
          ...(of.resourceId ? [rest.cloud(`/resources/${of.resourceId}`)] : []),
          rest.cloud('/accounts'),
        ]);
        return each(await rest.network('/hosts?limit=50'), hostFields(rest));
      },
    },
    {
      name: '20 people open the same page of 50 findings with resources at once',
      people: 20,
      query: '{ findings(first: 50) { nodes { summary resource { name } } } }',
      resolve: async (rest) =>
        each(await rest.cloud('/findings?limit=50'), (of) =>
          of.resourceId ? [rest.cloud(`/resources/${of.resourceId}`)] : [],
        ),
    },
  ];
};

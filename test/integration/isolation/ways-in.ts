import { encodeGlobalId } from '#lib/record-ref.ts';
import { WORLD } from './two-tenants.ts';

/** An operation that tries to reach what the sources `cloud` and `net` hold. */
export interface WayIn {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const first = <T extends { readonly id: string }>(rows: readonly T[], is: (row: T) => boolean = () => true): T => {
  const row = rows.find(is);
  if (!row) throw new Error('the company has none of these');
  return row;
};

const found = new Set(WORLD.cloud.findings.map(({ resourceId }) => resourceId));
/** One with findings, in an account that was scanned. */
const RESOURCE = first(
  WORLD.cloud.resources,
  ({ id, accountId }) => found.has(id) && WORLD.cloud.scans.some((scan) => scan.accountId === accountId),
);
/** One with services, on which there is a tag. */
const HOST = first(WORLD.network.hosts, ({ tagIds, services }) => tagIds.length > 0 && services.length > 0);

const ids = (cloud: string, net: string): Readonly<Record<string, string>> => {
  const at = (source: string, type: string, id: string) => encodeGlobalId({ type, source, id });
  const { cloud: c, network: n } = WORLD;
  return {
    Resource: at(cloud, 'Resource', RESOURCE.id),
    Finding: at(cloud, 'Finding', first(c.findings).id),
    Scan: at(cloud, 'Scan', first(c.scans).id),
    CloudAccount: at(cloud, 'CloudAccount', RESOURCE.accountId),
    CloudOrganization: at(cloud, 'CloudOrganization', c.organization.id),
    Network: at(net, 'Network', HOST.networkId),
    Host: at(net, 'Host', HOST.id),
    Service: at(net, 'Service', first(HOST.services).id),
    Subnet: at(net, 'Subnet', first(n.subnets).id),
    NetworkTag: at(net, 'NetworkTag', first(n.tags, ({ id }) => HOST.tagIds.includes(id)).id),
    Daemon: at(net, 'Daemon', first(n.daemons).id),
    Vlan: at(net, 'Vlan', first(n.vlans).id),
    Discovery: at(net, 'Discovery', first(n.discoveries).id),
    ServiceDependency: at(net, 'ServiceDependency', first(n.dependencies).id),
    Certificate: at(cloud, 'Certificate', c.findings.find(({ certificateId }) => certificateId)?.certificateId ?? ''),
  };
};

const SHOWN = `__typename ... on Node { id } ... on Resource { name resourceId } ... on Host { hostname } ... on Finding { summary }`;

const BY_ID = [
  ['account', 'CloudAccount'],
  ['finding', 'Finding'],
  ['scan', 'Scan'],
  ['network', 'Network'],
  ['host', 'Host'],
  ['service', 'Service'],
  ['subnet', 'Subnet'],
  ['impact', 'Resource'],
] as const;

const FILTERS = [
  ['resources', 'ResourceFilter', 'account', 'CloudAccount'],
  ['findings', 'FindingFilter', 'account', 'CloudAccount'],
  ['findings', 'FindingFilter', 'resource', 'Resource'],
  ['scans', 'ScanFilter', 'account', 'CloudAccount'],
  ['hosts', 'HostFilter', 'network', 'Network'],
  ['hosts', 'HostFilter', 'tag', 'NetworkTag'],
  ['services', 'ServiceFilter', 'host', 'Host'],
  ['services', 'ServiceFilter', 'network', 'Network'],
  ['services', 'ServiceFilter', 'tag', 'NetworkTag'],
  ['subnets', 'SubnetFilter', 'network', 'Network'],
] as const;

const BY_SOURCE = [
  ['resources', 'ResourceFilter', 'cloud'],
  ['findings', 'FindingFilter', 'cloud'],
  ['scans', 'ScanFilter', 'cloud'],
  ['hosts', 'HostFilter', 'net'],
  ['services', 'ServiceFilter', 'net'],
  ['subnets', 'SubnetFilter', 'net'],
] as const;

const STATS = [
  ['resourceStats', '{ total }'],
  ['findingStats', '{ total }'],
  ['resourceRegions', ''],
  ['resourceServices', ''],
] as const;

/** Every way in by which an id or a source name can be handed over. */
export const waysIn = (cloud: string, net: string): WayIn[] => {
  const id = ids(cloud, net);
  const way = (name: string, query: string, variables: Record<string, unknown>): WayIn => ({ name, query, variables });
  const types = Object.keys(id);
  return [
    ...types.map((type) =>
      way(`node of a ${type}`, `query ($id: ID!) { node(id: $id) { ${SHOWN} } }`, { id: id[type] }),
    ),
    way('nodes', `query ($ids: [ID!]!) { nodes(ids: $ids) { ${SHOWN} } }`, { ids: Object.values(id) }),
    ...BY_ID.map(([field, type]) =>
      way(`${field}(id:)`, `query ($id: ID!) { ${field}(id: $id) { __typename } }`, { id: id[type] }),
    ),
    way('resource(by: id)', 'query ($id: ID!) { resource(by: { id: $id }) { id } }', { id: id.Resource }),
    ...FILTERS.map(([field, input, key, type]) =>
      way(
        `${field}(filter: ${key})`,
        `query ($f: ${input}) { ${field}(first: 5, filter: $f) { totalCount nodes { id } } }`,
        {
          f: { [key]: id[type] },
        },
      ),
    ),
    ...BY_SOURCE.map(([field, input, side]) =>
      way(`${field}(filter: source)`, `query ($f: ${input}) { ${field}(first: 5, filter: $f) { totalCount } }`, {
        f: { source: side === 'cloud' ? cloud : net },
      }),
    ),
    ...STATS.map(([field, selection]) =>
      way(`${field}(source:)`, `query ($s: String) { ${field}(source: $s) ${selection} }`, { s: cloud }),
    ),
    ...(['Resource', 'Host', 'Service'] as const).map((type) =>
      way(
        `graph from a ${type}`,
        'query ($r: [ID!]!) { graph(roots: $r, depth: 3) { vertices { id asset { id } target { identifier } } arrows { from to } truncated frontier export(format: MERMAID) } }',
        { r: [id[type]] },
      ),
    ),
    way('paths between', 'query ($a: ID!, $b: ID!) { paths(from: $a, to: $b) { vertices { id asset { id } } } }', {
      a: id.Resource,
      b: id.Host,
    }),
    way('paths out of one’s own', 'query ($a: ID!, $b: ID!) { paths(from: $a, to: $b) { vertices { id } } }', {
      a: ids('acme-cloud', 'acme-net').Resource,
      b: id.Resource,
    }),
    ...types
      .filter((type) => type !== 'CloudOrganization')
      .map((type) =>
        way(`_entities of a ${type} by id`, `query ($of: [_Any!]!) { _entities(representations: $of) { ${SHOWN} } }`, {
          of: [{ __typename: type, id: id[type] }],
        }),
      ),
    way('a cursor of another list', 'query ($after: String) { resources(first: 2, after: $after) { nodes { id } } }', {
      after: id.Resource,
    }),
  ];
};

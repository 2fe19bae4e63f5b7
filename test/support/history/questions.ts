import type { Harness } from '../harness.ts';

/** What questions name of a world. */
export interface Named {
  readonly resource: string;
  readonly host: string;
  readonly service: string;
  readonly network: string;
  readonly account: string;
  readonly hostname: string;
  readonly instanceId: string;
}

interface Ids {
  readonly nodes: readonly { readonly id: string }[];
}

interface Found {
  readonly resources: { readonly nodes: readonly { readonly id: string; readonly resourceId: string }[] };
  readonly hosts: { readonly nodes: readonly { readonly id: string; readonly hostname: string | null }[] };
  readonly services: Ids;
  readonly networks: Ids;
  readonly accounts: readonly { readonly id: string }[];
  readonly correlations: {
    readonly nodes: readonly { readonly host: { readonly id: string }; readonly resource: { readonly id: string } }[];
  };
}

/** Of what a gateway shows now: a host and a resource that are the same machine, and one of everything else. */
export const namesIn = async ({ query }: Pick<Harness, 'query'>): Promise<Named> => {
  const { data } = await query<Found>(`{
    resources(first: 100, filter: { service: ["ec2"] }) { nodes { id resourceId } }
    hosts(first: 100) { nodes { id hostname } }
    services(first: 1) { nodes { id } } networks(first: 1) { nodes { id } } accounts { id }
    correlations(first: 1) { nodes { host { id } resource { id } } }
  }`);
  const { resources, hosts, services, networks, accounts, correlations } = data;
  return {
    resource: correlations.nodes[0]?.resource.id ?? '',
    host: correlations.nodes[0]?.host.id ?? '',
    service: services.nodes[0]?.id ?? '',
    network: networks.nodes[0]?.id ?? '',
    account: accounts[0]?.id ?? '',
    hostname: hosts.nodes.find(({ hostname }) => hostname !== null)?.hostname ?? '',
    instanceId: resources.nodes[0]?.resourceId ?? '',
  };
};

const RESOURCE =
  'id resourceId service region name state costEstimateMonthly lastSeenAt createdAt updatedAt tags { key value } account { id name lastScanAt }';
const HOST =
  'id name hostname description hidden manufacturer model osFamily lastSeenAt createdAt updatedAt network { name } tags { name color } addresses { address macAddress subnet { cidr } } ports { number protocol } services { id name definition }';
const EDGE = 'cursor kind relationship confidence target { kind identifier } node { id }';
const FINDING =
  'id type severity status summary details resolvedAt firstDetectedAt lastDetectedAt detectionCount createdAt updatedAt resource { id name } lastScan { id }';

/** Questions that can be asked of any moment, by a name for people. */
export const questionsAbout = (of: Named): Readonly<Record<string, string>> => ({
  resources: `resources(first: 100) { totalCount nodes { ${RESOURCE} } pageInfo { hasNextPage endCursor } }`,
  'resources by cost': `resources(first: 30, orderBy: { field: COST, direction: DESC }) { nodes { id costEstimateMonthly } }`,
  'resources of a service': `resources(first: 50, filter: { service: ["ec2", "rds"] }) { totalCount nodes { id service } }`,
  'stale resources': `resources(first: 50, filter: { stale: true }) { totalCount nodes { id lastSeenAt } }`,
  'resources with findings': `resources(first: 50, filter: { hasFinding: { severity: [HIGH] } }) { totalCount nodes { id findings(first: 3) { nodes { id severity } } } }`,
  'linked resources': `resources(first: 50, filter: { linked: true }) { totalCount nodes { id hosts { confidence rule host { id } evidence { rule detail } } } }`,
  'one resource': `resource(by: { id: "${of.resource}" }) { ${RESOURCE} dependencies { edges { ${EDGE} } } dependents { edges { ${EDGE} } } }`,
  'a resource by identifier': `resource(by: { resourceId: "${of.instanceId}" }) { id }`,
  'regions and services': 'resourceRegions resourceServices',
  findings: `findings(first: 100) { totalCount nodes { ${FINDING} } }`,
  'open findings': `findings(first: 50, filter: { status: [OPEN], severity: [HIGH, MEDIUM] }, orderBy: { field: SEVERITY, direction: DESC }) { totalCount nodes { id severity } }`,
  accounts: 'accounts { id name status lastScanAt awsAccountNumber }',
  account: `account(id: "${of.account}") { name resources(first: 5) { totalCount nodes { id } } }`,
  scans:
    'scans(first: 20, filter: { status: [COMPLETE, PARTIAL, ERROR] }) { totalCount nodes { id status startedAt completedAt account { id } } }',
  hosts: `hosts(first: 100) { totalCount nodes { ${HOST} } pageInfo { hasNextPage endCursor } }`,
  'hosts by name': `hosts(first: 30, orderBy: { field: NAME, direction: DESC }) { nodes { id displayName } }`,
  'hosts last created': `hosts(first: 10, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { createdAt } }`,
  'hosts with an open port': `hosts(first: 30, filter: { openPort: ["443"] }) { totalCount nodes { id } }`,
  'one host': `host(id: "${of.host}") { ${HOST} interfaces { name } dependencies { edges { ${EDGE} } } dependents { edges { ${EDGE} } } resources { confidence resource { id } } }`,
  services: `services(first: 100, filter: { network: "${of.network}", search: "ss" }) { totalCount nodes { id name definition host { id displayName } bindings { port { number } address { address } } } }`,
  'one service': `service(id: "${of.service}") { id name dependencies { edges { ${EDGE} } } dependents { edges { ${EDGE} } } }`,
  networks:
    'networks(first: 20) { totalCount nodes { id name createdAt updatedAt tags { name } hosts(first: 5) { totalCount nodes { id } } subnets(first: 5) { nodes { cidr } } } }',
  network: `network(id: "${of.network}") { id name }`,
  subnets: 'subnets(first: 50) { totalCount nodes { id name cidr network { id } } }',
  vlans: 'vlans { id number name }',
  tags: 'networkTags { id name description color }',
  daemons: 'daemons { id name mode version lastSeenAt unreachable }',
  'service dependencies': 'serviceDependencies { id name type members { id } }',
  'resource groups':
    'resourceGroups(by: [SERVICE, REGION], first: 20) { totalCount groupCount monthlyCost complete groups { count monthlyCost keys { value label id } } readings { source { name } asOf missing } }',
  'resource groups by account': 'resourceGroups(by: [ACCOUNT]) { totalCount groups { count keys { value label id } } }',
  'finding groups':
    'findingGroups(by: [SEVERITY, RESOURCE_SERVICE], first: 20) { totalCount groups { count keys { value label } } }',
  'host groups': 'hostGroups(by: [NETWORK], first: 20) { totalCount groups { count keys { value label id } } }',
  'service groups': 'serviceGroups(by: [DEFINITION], first: 20) { totalCount groups { count keys { value label } } }',
  node: `node(id: "${of.host}") { id ... on Host { displayName } }`,
  nodes: `nodes(ids: ["${of.host}", "${of.resource}", "${of.service}", "${of.network}"]) { id ... on Asset { displayName } }`,
  lookup: `lookup(any: ["${of.hostname}", "${of.instanceId}"]) { term matchedOn node { id } }`,
  graph: `graph(roots: ["${of.host}", "${of.resource}"], depth: 3) { vertices { id depth asset { id displayName } target { kind identifier } } arrows { from to kind relationship confidence } truncated frontier }`,
  'drawn graph': `graph(roots: ["${of.resource}"], depth: 1) { export(format: MERMAID) }`,
  impact: `impact(id: "${of.host}", depth: 3) { subject { id } impacted { asset { id displayName } effect distance path confidence notes } truncated }`,
  paths: `paths(from: "${of.host}", to: "${of.resource}") { vertices { id } arrows { from to kind } }`,
  correlations:
    'correlations(first: 50, minConfidence: LOW) { totalCount nodes { host { id } resource { id } confidence rule evidence { rule detail } } }',
  unmatched:
    'cloud: unmatched(side: CLOUD, first: 50) { totalCount nodes { asset { id } reasons } } network: unmatched(side: NETWORK, first: 50) { totalCount nodes { asset { id } reasons } }',
  report:
    'correlationReport { linksByRule { key count } linksByConfidence { key count } candidates unmatchedCloud { key count } unmatchedNetwork { key count } rulesetVersion }',
});

/** The same about a moment. */
export const askedOf = (time: string, question: string): string => `{ asOf(time: "${time}") { ${question} } }`;

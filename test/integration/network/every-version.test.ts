import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { first, idOf, network, server, VERSIONS, type Version } from './fixtures.ts';

const REFERENCE: Version = '0.16.0';

/** What a version does not have, and nothing else, may differ. Paths are those of answers, with the reference's value; `why` is for the reader. */
const EXCEPTIONS: readonly { readonly in: readonly Version[]; readonly path: RegExp; readonly why: string }[] = [
  { in: ['0.14.13'], path: /\.(manufacturer|model|serialNumber)=/, why: 'sent from 0.15' },
  { in: ['0.17.22'], path: /\.osFamily=null$/, why: 'sent from 0.17.20' },
  { in: ['0.17.22'], path: /\.hostLastSeenAt=null$/, why: 'sent by late 0.17 only' },
  { in: ['0.14.13'], path: /^discoveries\..*\.type="Unified"$/, why: 'a Unified scan was of several kinds' },
  { in: ['0.14.13'], path: /\.(hostsDiscovered|estimatedRemainingSeconds)=/, why: 'sent from 0.15' },
  { in: ['0.17.12', '0.17.22'], path: /^vlans\./, why: 'known from 0.17' },
  { in: ['0.17.12', '0.17.22'], path: /\.virtualization=null$/, why: 'Podman and ESXi are known from 0.17' },
  { in: ['0.17.12', '0.17.22'], path: /\.type="Unknown"$/, why: 'the bridges of Podman are known from 0.17' },
  { in: ['0.17.22'], path: /(^hosts\w*\.hosts\.nodes\.\d+|\.host)\.name=/, why: 'kept only if a person gave it' },
  { in: ['0.17.22'], path: /(^hosts\.hosts\.nodes\.\d+|^calls\..*\.node)\.displayName=/, why: 'the whole host name' },
  { in: ['0.14.13'], path: /\.displayName=/, why: 'sys_name, which may be all the title there is, is sent from 0.15' },
];

const hostFields = `id sourceId name displayName hostname description hidden manufacturer model serialNumber osFamily
  virtualization { type name service { id name } } hostLastSeenAt: lastSeenAt createdAt updatedAt source { name }
  network { id name } tags { id name }
  addresses { id address macAddress name subnet { id cidr type } }
  interfaces { id index name description alias type adminStatus operStatus speedBps macAddress address { id address } }
  ports { id number protocol type } services { id name }`;
const serviceFields = `id sourceId name displayName definition position createdAt updatedAt network { name } host { id name }
  tags { name } virtualization { type name service { id } }
  bindings { id allAddresses port { id number } address { id address } }`;

const busy = first(network.hosts, ({ services }) => services.length > 1);
const office = first(network.networks, ({ id }) => id === busy.networkId);
const tag = first(network.tags, ({ id }) => network.hosts.some((host) => host.tagIds.includes(id)));
const addressed = first(network.hosts, (host) => host.addresses.some(({ macAddress }) => macAddress !== null));
const address = first(addressed.addresses, ({ macAddress }) => macAddress !== null);
const serviceIds = new Set(network.hosts.flatMap(({ services }) => services.map(({ id }) => id)));
const hypervisor = first(network.hosts, ({ virtualization }) => serviceIds.has(virtualization?.serviceId ?? ''))
  .virtualization?.serviceId;
const pathMember = first(network.dependencies, ({ type }) => type === 'RequestPath').members[1]?.serviceId;
const linked = network.hosts.filter((host) => host.interfaces.some(({ neighbour }) => neighbour));

const officeId = idOf('Network', office.id);
const QUERIES: Readonly<Record<string, string>> = {
  networks: `{ networks { totalCount nodes { id sourceId name createdAt updatedAt tags { id name color description }
    daemons { name mode version unreachable lastSeenAt host { name } network { id } } subnets(first: 1000) { totalCount nodes { name } } } } }`,
  subnets: `{ subnets(first: 1000) { totalCount nodes { id name cidr description type createdAt updatedAt tags { name } network { name } } } }`,
  subnetFilter: `{ subnets(filter: { type: ["Internet", "Remote"] }) { totalCount nodes { id cidr } } }`,
  subnetHosts: `{ subnet(id: "${idOf('Subnet', address.subnetId)}") { name hosts(first: 1000) { totalCount nodes { id } } } }`,
  tags: '{ networkTags { id name color description } }',
  hosts: `{ hosts(first: 1000) { totalCount pageInfo { hasNextPage } nodes { ${hostFields} } } }`,
  hostPage: '{ hosts(first: 30, after: "b2Zmc2V0OjE5MA") { totalCount edges { cursor node { id } } } }',
  lastHosts: '{ hosts(last: 5) { nodes { id } } }',
  hostsOfNetwork: `{ hosts(first: 1000, filter: { network: "${officeId}" }) { totalCount nodes { id } } }`,
  hostsOfTag: `{ hosts(filter: { tag: "${idOf('NetworkTag', tag.id)}" }) { totalCount nodes { id } } }`,
  hiddenHosts: '{ hosts(filter: { hidden: true }) { totalCount nodes { id hidden } } }',
  visibleHosts: `{ hosts(first: 1000, filter: { hidden: false, network: "${officeId}" }) { totalCount nodes { id } } }`,
  searchedHosts: '{ hosts(first: 1000, filter: { search: "DOCKER" }) { totalCount nodes { id } } }',
  hostsByAddress: `{ hosts(filter: { address: "${address.address}" }) { totalCount nodes { id } } }`,
  hostsByMac: `{ hosts(filter: { macAddress: "${address.macAddress?.toUpperCase()}" }) { totalCount nodes { id } } }`,
  hostsByName: '{ hosts(first: 1000, orderBy: { field: NAME }) { nodes { name } } }',
  hostsByHostname: '{ hosts(first: 1000, orderBy: { field: HOSTNAME, direction: DESC }) { nodes { hostname } } }',
  newestHosts: '{ hosts(first: 20, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { createdAt } } }',
  updatedHosts: '{ hosts(first: 20, orderBy: { field: UPDATED_AT }) { nodes { updatedAt } } }',
  hostsByPort: '{ hosts(first: 1000, filter: { openPort: ["22/tcp", "53"] }) { totalCount nodes { id } } }',
  hostsByService:
    '{ hosts(first: 1000, filter: { serviceDefinition: ["SSH", "Docker"] }) { totalCount nodes { id } } }',
  hostsBySubnet: `{ hosts(first: 1000, filter: { subnet: "${idOf('Subnet', address.subnetId)}" }) { totalCount nodes { id } } }`,
  services: `{ services(first: 1000) { totalCount nodes { ${serviceFields} } } }`,
  servicesOfNetwork: `{ network(id: "${officeId}") { services(filter: { search: "${busy.services[0]?.name.slice(1, 5)}" }) { totalCount nodes { id } } } }`,
  servicesOfHost: `{ services(filter: { host: "${idOf('Host', addressed.id)}" }) { totalCount nodes { id } } }`,
  servicesByDefinition:
    '{ services(filter: { definition: ["Docker", "Prometheus"] }) { totalCount nodes { id definition } } }',
  dependencies:
    '{ serviceDependencies { id name description type network { name } members { id name host { name } } } }',
  discoveries: `{ discoveries(first: 1000) { totalCount nodes { id name type runType cronSchedule enabled lastRunAt daemon { name }
    session { id phase progress startedAt finishedAt error hostsDiscovered estimatedRemainingSeconds } } } }`,
  active:
    '{ activeDiscoveries { id phase progress error hostsDiscovered estimatedRemainingSeconds network { name } daemon { name } } }',
  vlans: '{ vlans { id number name description network { name } subnets { name } } }',
  runs: `{ node(id: "${idOf('Service', hypervisor ?? '')}") { ... on Service { name
    dependents { totalCount edges { kind relationship target { kind identifier } node { id } } } } } }`,
  calls: `{ service(id: "${idOf('Service', pathMember ?? '')}") {
    dependencies { edges { kind relationship confidence target { kind identifier } node { displayName } } }
    dependents { edges { kind relationship node { id } } } } }`,
  host: `{ host(id: "${idOf('Host', addressed.id)}") { dependencies { totalCount } dependents(kinds: [RUNS_ON]) { edges { kind node { id } } } } }`,
  links: `{ nodes(ids: ${JSON.stringify(linked.slice(0, 5).map(({ id }) => idOf('Host', id)))}) { ... on Host {
    dependencies(kinds: [LINKED_TO]) { edges { kind target { kind identifier } node { id } } }
    dependents(kinds: [LINKED_TO]) { edges { target { identifier } } } } } }`,
};

const differences = (left: unknown, right: unknown, path: string): string[] => {
  if (Object.is(left, right)) return [];
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right)
    return [`${path}=${JSON.stringify(left)}`];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) =>
    differences((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], `${path}.${key}`),
  );
};

const harnesses = new Map<Version, Harness>();
const used = new Set<string>();

beforeAll(async () => {
  for (const version of VERSIONS) harnesses.set(version, await startHarness({ scanopy: [server(version)] }));
});
afterAll(() => Promise.all([...harnesses.values()].map((harness) => harness.close())));

const ask = async (version: Version, query: string) => {
  const answer = await harnesses.get(version)?.query(query);
  expect(answer?.errors).toBeUndefined();
  return answer?.data;
};

describe.each(VERSIONS.filter((version) => version !== REFERENCE))(
  '%s answers like the version people were promised',
  (version) => {
    test.each(Object.entries(QUERIES))('%s', async (name, query) => {
      const [reference, answer] = await Promise.all([ask(REFERENCE, query), ask(version, query)]);
      expect(Object.values(reference ?? {})[0]).not.toBeNull();
      const unexplained = differences(reference, answer, name).filter((path) => {
        const exceptions = EXCEPTIONS.filter(
          (exception) => exception.in.includes(version) && exception.path.test(path),
        );
        for (const { why } of exceptions) used.add(`${version}: ${why}`);
        return exceptions.length === 0;
      });
      expect(unexplained).toEqual([]);
    });
  },
);

test('every exception is one that a version needs', () => {
  const listed = EXCEPTIONS.flatMap(({ in: versions, why }) => versions.map((version) => `${version}: ${why}`));
  expect([...used].sort()).toEqual([...new Set(listed)].sort());
});

test('the world has what the suite compares', async () => {
  const answers: Record<string, string> = Object.fromEntries(
    await Promise.all(
      Object.entries(QUERIES).map(async ([name, query]) => [name, JSON.stringify(await ask('0.17.12', query))]),
    ),
  );
  for (const [name, text] of Object.entries(answers)) expect(text.length, name).toBeGreaterThan(60);
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { countBy, countsOf, everyNode, GROUP_FIELDS, type Groups } from './counted.ts';

interface Port {
  readonly number: number;
  readonly protocol: string;
}

interface HostRow {
  readonly network: { readonly id: string };
  readonly manufacturer: string | null;
  readonly osFamily: string | null;
  readonly addresses: readonly { readonly subnet: { readonly id: string } }[];
  readonly services: readonly { readonly definition: string }[];
  readonly ports: readonly Port[];
  readonly resources?: readonly unknown[];
}

interface ServiceRow {
  readonly definition: string;
  readonly network: { readonly id: string };
  readonly host: { readonly id: string };
  readonly bindings: readonly { readonly port: Port | null }[];
}

const given = (value: string | null): readonly string[] => (value === null ? [] : [value]);
const portName = ({ number, protocol }: Port): string => `${number}/${protocol.toLowerCase()}`;

const HOSTS: Readonly<Record<string, (row: HostRow) => readonly string[]>> = {
  NETWORK: ({ network }) => [network.id],
  SUBNET: ({ addresses }) => addresses.map(({ subnet }) => subnet.id),
  MANUFACTURER: ({ manufacturer }) => given(manufacturer),
  OS_FAMILY: ({ osFamily }) => given(osFamily),
  SERVICE_DEFINITION: ({ services }) => services.map(({ definition }) => definition),
  OPEN_PORT: ({ ports }) => ports.map(portName),
};
const LINKED = { LINKED: ({ resources }: HostRow) => [String((resources ?? []).length > 0)] };
const SERVICES: Readonly<Record<string, (row: ServiceRow) => readonly string[]>> = {
  DEFINITION: ({ definition }) => [definition],
  NETWORK: ({ network }) => [network.id],
  HOST: ({ host }) => [host.id],
  PORT: ({ bindings }) => bindings.flatMap(({ port }) => (port ? [portName(port)] : [])),
};
const HOST_FIELDS =
  'network { id } manufacturer osFamily addresses { subnet { id } } services { definition } ports { number protocol }';
const SERVICE_FIELDS = 'definition network { id } host { id } bindings { port { number protocol } }';

const HOST_GROUPS = `query ($by: [HostDimension!]!, $filter: HostFilter) {
  list: hostGroups(by: $by, filter: $filter, first: 1000) { ${GROUP_FIELDS} }
}`;
const SERVICE_GROUPS = `query ($by: [ServiceDimension!]!, $filter: ServiceFilter) {
  list: serviceGroups(by: $by, filter: $filter, first: 1000) { ${GROUP_FIELDS} }
}`;

const world = createWorld({ seed: 8, resources: 300, findings: 60, hosts: 220 });
const networkOf = ({ id }: { readonly id: string }) => encodeGlobalId({ type: 'Network', source: 'scanopy', id });
const [anyNetwork = ''] = world.network.networks.map(networkOf);

const [anySubnet = ''] = world.network.hosts.flatMap(({ addresses }) =>
  addresses.map(({ subnetId: id }) => encodeGlobalId({ type: 'Subnet', source: 'scanopy', id })),
);

const hostFilter = fc.constantFrom<object>(
  {},
  { network: anyNetwork },
  { hidden: true },
  { hidden: false, network: anyNetwork },
  { search: 'DOCKER' },
  { openPort: ['22/tcp', '443'], network: anyNetwork },
  { serviceDefinition: ['SSH'], hidden: false },
  { subnet: anySubnet },
  { manufacturer: ['HP', 'Cisco'], osFamily: [] },
  { manufacturer: ['HP', 'Cisco'] },
);
const serviceFilter = fc.constantFrom<object>(
  {},
  { network: anyNetwork },
  { definition: ['SSH', 'Docker'] },
  { search: 'sql' },
  { definition: [] },
);
const upToTwo = (names: Readonly<Record<string, unknown>>) =>
  fc.uniqueArray(fc.constantFrom(...Object.keys(names)), { minLength: 1, maxLength: 2 });

const ask = async (harness: Harness, document: string, variables: Record<string, unknown>): Promise<Groups> => {
  const { data, errors }: Answer<{ list: Groups }> = await harness.query(document, variables);
  expect(errors).toBeUndefined();
  return data.list;
};

describe.each([
  ['0.14.13', 'INDEX', 7],
  ['0.14.13', 'LISTS', undefined],
  ['0.16.0', 'INDEX', undefined],
  ['0.16.0', 'LISTS', 7],
  ['0.17.12', 'INDEX', undefined],
  ['0.17.12', 'LISTS', 7],
  ['0.17.22', 'INDEX', 7],
  ['0.17.22', 'LISTS', undefined],
] as const)('Scanopy %s, counted from %s, %s rows an instant', (version, from, ties) => {
  const dimensions: typeof HOSTS = from === 'INDEX' ? { ...HOSTS, ...LINKED } : HOSTS;
  const fields = from === 'INDEX' ? `${HOST_FIELDS} resources { rule }` : HOST_FIELDS;
  let harness: Harness;
  beforeAll(async () => {
    const options = {
      scanorbit: [{ movingScans: false }],
      scanopy: [{ version, ...(ties && { ties }) }],
      world: () => world,
      config: { limits: { cost: { scanopy: 1000 } } },
    };
    harness = await (from === 'INDEX' ? startIndexed(options) : startHarness(options));
  });
  afterAll(() => harness.close());

  it('groups of hosts are counts over the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(upToTwo(dimensions), hostFilter, async (by, filter) => {
        const rows = await everyNode<HostRow>(harness, 'hosts', 'HostFilter', filter, fields);
        const wanted = countBy(
          rows,
          by.map((name) => dimensions[name] ?? (() => [])),
        );
        const answer = await ask(harness, HOST_GROUPS, { by, filter });
        expect(countsOf(answer)).toEqual(Object.fromEntries([...wanted].map(([key, of]) => [key, of.length])));
        expect(answer).toMatchObject({ totalCount: rows.length, groupCount: wanted.size, complete: true });
        expect(answer.readings).toEqual([{ from, missing: 0 }]);
      }),
      { numRuns: 15, seed: 5 },
    );
  });

  it('groups of services are counts over the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(upToTwo(SERVICES), serviceFilter, async (by, filter) => {
        const rows = await everyNode<ServiceRow>(harness, 'services', 'ServiceFilter', filter, SERVICE_FIELDS);
        const wanted = countBy(
          rows,
          by.map((name) => SERVICES[name] ?? (() => [])),
        );
        const answer = await ask(harness, SERVICE_GROUPS, { by, filter });
        expect(countsOf(answer)).toEqual(Object.fromEntries([...wanted].map(([key, of]) => [key, of.length])));
        expect(answer).toMatchObject({ totalCount: rows.length, groupCount: wanted.size, complete: true });
        expect(answer.readings).toEqual([{ from, missing: 0 }]);
      }),
      { numRuns: 12, seed: 6 },
    );
  });

  it('networks, subnets and hosts have names, and the id that node and filters take', async () => {
    for (const [document, by] of [
      [HOST_GROUPS, 'NETWORK'],
      [HOST_GROUPS, 'SUBNET'],
      [SERVICE_GROUPS, 'HOST'],
    ] as const) {
      const { groups } = await ask(harness, document, { by: [by] });
      for (const { keys } of groups) {
        if (keys[0]?.value === null) continue;
        expect(keys[0]?.label).not.toBe(keys[0]?.value);
        expect(keys[0]?.label).not.toBe('');
      }
    }
  });

  it.runIf(from === 'INDEX')('every dimension costs no request, whatever the filter', async () => {
    harness.resetUpstreamCalls();
    for (const by of Object.keys(dimensions))
      for (const filter of fc.sample(hostFilter, 3)) await ask(harness, HOST_GROUPS, { by, filter });
    for (const by of Object.keys(SERVICES))
      for (const filter of fc.sample(serviceFilter, 3)) await ask(harness, SERVICE_GROUPS, { by, filter });
    expect(harness.upstreamCalls()).toBe(0);
  });

  it.runIf(from === 'LISTS')('links are not guessed while the index has not read', async () => {
    const { data, errors } = await harness.query<{ list: Groups | null }>(HOST_GROUPS, { by: ['LINKED'] });
    expect(data.list).toBeNull();
    expect(errors?.map(({ extensions }) => extensions.reason)).toEqual(['INDEX_INCOMPLETE']);
  });
});

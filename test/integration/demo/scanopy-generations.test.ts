import { afterAll, describe, expect, it } from 'vitest';
import type { ScanopyDemo } from '#demo/scanopy/server.ts';
import { get, type Row, START, startDemo, world } from './scanopy-server.ts';

const versions = [
  '0.14.13',
  '0.15.3',
  '0.16.0',
  '0.17.0',
  '0.17.12',
  '0.17.16',
  '0.17.21',
  '0.17.22',
  '0.18.4',
] as const;
const demos = new Map<string, ScanopyDemo>();

async function at(version: string): Promise<ScanopyDemo> {
  const demo = demos.get(version) ?? (await startDemo({ version, clock: () => START }));
  demos.set(version, demo);
  return demo;
}

const rowsOf = async (version: string, path: string) => (await get(await at(version), path)).rows;

/** A host with every kind of child. */
const switchId = world.network.hosts.find((host) => host.interfaces.length > 0)?.id ?? '';
const hostOf = async (version: string, id = switchId) => (await rowsOf(version, `/hosts?ids=${id}`))[0] ?? {};
const first = (row: Row, key: string) => (row[key] as Row[])[0] ?? {};

afterAll(() => Promise.all([...demos.values()].map((demo) => demo.close())));

describe('paths move between generations', () => {
  it.each([
    [
      '0.14.13',
      ['/networks', '/interfaces', '/if-entries', '/groups'],
      ['/sites', '/ip-addresses', '/dependencies', '/vlans'],
    ],
    [
      '0.16.0',
      ['/networks', '/ip-addresses', '/if-entries', '/dependencies'],
      ['/sites', '/interfaces', '/groups', '/vlans'],
    ],
    [
      '0.17.21',
      ['/networks', '/ip-addresses', '/if-entries', '/vlans', '/snapshots'],
      ['/sites', '/interfaces', '/groups'],
    ],
    ['0.17.22', ['/sites', '/ip-addresses', '/interfaces', '/vlans'], ['/networks', '/if-entries', '/groups']],
    ['0.18.4', ['/sites', '/interfaces'], ['/networks']],
  ])('%s has its own paths and shows the web UI at the others', async (version, present, absent) => {
    for (const path of present)
      expect((await get(await at(version), path)).headers.get('content-type')).toBe('application/json');
    for (const path of absent) {
      const got = await get(await at(version), path);
      expect([got.status, got.headers.get('content-type')]).toEqual([200, 'text/html']);
    }
  });

  it('one path means addresses, nothing, or interfaces, by generation', async () => {
    expect((await rowsOf('0.15.3', '/interfaces'))[0]).toHaveProperty('ip_address');
    expect((await get(await at('0.16.0'), '/interfaces')).text).toContain('<!doctype html>');
    expect((await rowsOf('0.17.22', '/interfaces'))[0]).toHaveProperty('if_index');
  });
});

describe('host children swap names', () => {
  it('G1: interfaces hold addresses, if_entries hold SNMP rows', async () => {
    const host = await hostOf('0.15.3');
    expect(first(host, 'interfaces')).toHaveProperty('subnet_id');
    expect(first(host, 'if_entries')).toHaveProperty('interface_id');
    expect(host).not.toHaveProperty('ip_addresses');
  });

  it('G2 and G3: ip_addresses hold addresses, interfaces hold SNMP rows', async () => {
    for (const version of ['0.16.0', '0.17.22']) {
      const host = await hostOf(version);
      expect(first(host, 'ip_addresses')).toHaveProperty('subnet_id');
      expect(first(host, 'interfaces')).toHaveProperty('ip_address_id');
      expect(host).not.toHaveProperty('if_entries');
    }
  });

  it.each([
    ['0.14.13', 'interface_id'],
    ['0.16.0', 'ip_address_id'],
  ])('%s: a binding refers to its address by %s', async (version, key) => {
    const binding = first(first(await hostOf(version), 'services'), 'bindings');
    expect(Object.keys(binding).filter((name) => name.endsWith('_id') && name !== 'network_id')).toContain(key);
  });

  it.each([
    ['0.16.0', 'network_id'],
    ['0.17.21', 'network_id'],
    ['0.17.22', 'site_id'],
  ])('%s: every row names its network by %s', async (version, key) => {
    const host = await hostOf(version);
    const service = first(host, 'services');
    for (const row of [host, service, first(service, 'bindings'), first(host, 'ports'), first(host, 'ip_addresses')]) {
      expect(row).toHaveProperty(key);
    }
  });
});

describe('fields come and go inside a generation', () => {
  const guest = world.network.hosts.find((host) => host.virtualization?.serviceId)?.id ?? '';

  it('virtualization is one object, then metadata and a service id beside it', async () => {
    const old = (await hostOf('0.16.0', guest)).virtualization as Row;
    expect(old.details).toHaveProperty('service_id');
    const split = await hostOf('0.17.12', guest);
    expect(split).not.toHaveProperty('virtualization');
    expect(split.virtualization_service_id).toBe((old.details as Row).service_id);
    expect((split.virtualization_metadata as Row).details).not.toHaveProperty('service_id');
  });

  it('an unknown MAC is null, later it is absent', async () => {
    const id = world.network.hosts.find((host) => host.addresses.some((address) => address.macAddress === null))?.id;
    const macs = async (version: string) =>
      ((await hostOf(version, id)).ip_addresses as Row[]).map((row) =>
        'mac_address' in row ? row.mac_address : 'absent',
      );
    expect(await macs('0.17.12')).toContain(null);
    expect(await macs('0.17.16')).toContain('absent');
  });

  it('history columns exist from 0.17.0, provenance metadata until then', async () => {
    const [old, young] = [await hostOf('0.16.0'), await hostOf('0.17.0')];
    expect(old.source).toHaveProperty('metadata');
    expect(first(old, 'ports')).not.toHaveProperty('lineage_id');
    expect(young.source).not.toHaveProperty('metadata');
    expect(first(young, 'ports')).toMatchObject({ valid_to: null, lineage_id: first(young, 'ports').id });
  });

  it('0.14 has one SNMP credential and no system name; 0.15 has assignments and identity', async () => {
    const [oldest, next] = [await hostOf('0.14.13'), await hostOf('0.15.3')];
    expect([Object.keys(oldest).includes('snmp_credential_id'), Object.keys(oldest).includes('sys_name')]).toEqual([
      true,
      false,
    ]);
    expect(next).toMatchObject({
      sys_name: expect.stringContaining('-sw-'),
      serial_number: expect.stringMatching(/^FOC/),
    });
    expect(next).toHaveProperty('credential_assignments');
  });

  it('neighbours are not in interface rows from 0.17.15 on, but in the topology', async () => {
    const tags = new Set(
      ((await hostOf('0.15.3')).if_entries as Row[]).map((row) => (row.neighbor as Row | null)?.type),
    );
    expect(tags).toContain('IfEntry');
    const late = first(await hostOf('0.17.16'), 'interfaces');
    expect(late).toMatchObject({ neighbor_candidates: [] });
    expect(late).not.toHaveProperty('neighbor');
    const networkId = world.network.hosts.find((host) => host.id === switchId)?.networkId;
    const topology = (await get(await at('0.17.22'), `/topology/data?site_id=${networkId}`)).data as Row;
    expect((topology.neighbours as Row[]).map((row) => row.interface_id)).toContain(late.id);
  });

  it('daemon subnets move to the top level', async () => {
    const [old] = await rowsOf('0.16.0', '/daemons');
    const [late] = await rowsOf('0.17.16', '/daemons');
    expect(old?.capabilities).toMatchObject({ interfaced_subnet_ids: late?.interfaced_subnet_ids });
    expect(late?.interfaced_subnet_ids).toEqual(expect.arrayContaining([expect.any(String)]));
  });

  it('groups name bindings; dependencies name services or bindings of the same services', async () => {
    const groups = await rowsOf('0.15.3', '/groups');
    const dependencies = await rowsOf('0.16.0', '/dependencies');
    expect(groups.map((row) => row.group_type)).toEqual(dependencies.map((row) => row.dependency_type));
    const kinds = new Set(dependencies.map((row) => (row.members as Row).type));
    expect(kinds).toEqual(new Set(['Services', 'Bindings']));
    expect(groups.every((row) => (row.binding_ids as string[]).length >= 2)).toBe(true);
  });

  it('0.14 leaves out what is null in bindings and daemons, and a list of no warnings', async () => {
    const everywhere = world.network.hosts.find(({ services }) =>
      services.some(({ bindings }) => bindings.some(({ addressId }) => addressId === null)),
    )?.id;
    for (const [version, key, isLeftOut] of [
      ['0.14.13', 'interface_id', true],
      ['0.15.3', 'interface_id', false],
      ['0.16.0', 'ip_address_id', false],
    ] as const) {
      const services = (await hostOf(version, everywhere)).services as Row[];
      const bindings = services.flatMap((service) => service.bindings as Row[]);
      expect(bindings.some((binding) => !(key in binding))).toBe(isLeftOut);
      const [daemon = {}] = await rowsOf(version, '/daemons');
      const isMissing = ['api_key_id' in daemon, 'warnings' in (daemon.version_status as object)].map((has) => !has);
      expect(isMissing).toEqual([isLeftOut, isLeftOut]);
    }
  });

  it('containers of Podman and guests of ESXi are listed from 0.17 on, compose projects from 0.15 on', async () => {
    const typesAt = async (version: string) => {
      const rows = await rowsOf(version, '/hosts?limit=1000');
      const all = [...rows, ...rows.flatMap((row) => row.services as Row[])];
      return new Set(
        all.flatMap((row) => ((row.virtualization ?? row.virtualization_metadata) as Row | null)?.type ?? []),
      );
    };
    expect(await typesAt('0.16.0')).toEqual(new Set(['Proxmox', 'Docker']));
    expect(await typesAt('0.17.12')).toEqual(new Set(['Proxmox', 'ESXi', 'Docker', 'Podman']));
    const textAt = async (version: string) => (await get(await at(version), '/services?limit=1000')).text;
    expect(await textAt('0.14.13')).not.toContain('compose_project');
    expect(await textAt('0.15.3')).toContain('compose_project');
    const subnetsAt = async (version: string) =>
      new Set((await rowsOf(version, '/subnets?limit=1000')).map((row) => row.subnet_type));
    expect(await subnetsAt('0.16.0')).not.toContain('PodmanBridge');
    expect(await subnetsAt('0.17.0')).toContain('PodmanBridge');
  });

  it('0.14 has three kinds of scan, SNMP overrides, and no host in the provenance of what a network scan found', async () => {
    const rows = await rowsOf('0.14.13', '/discovery?limit=1000');
    const types = rows.map((row) => row.discovery_type as Row);
    expect(new Set(types.map(({ type }) => type))).toEqual(new Set(['Network', 'SelfReport', 'Docker']));
    expect(types.find(({ type }) => type === 'Network')?.snmp_credentials).toHaveProperty('ip_overrides');
    expect(types.find(({ type }) => type === 'SelfReport')).toEqual({
      type: 'SelfReport',
      host_id: expect.any(String),
    });
    expect(rows.map((row) => row.run_type).find((run) => (run as Row).type === 'Scheduled')).toHaveProperty('timezone');
    const [metadata] = ((await hostOf('0.14.13')).source as Row).metadata as Row[];
    expect(metadata).toMatchObject({ type: 'Network' });
    expect(metadata).not.toHaveProperty('host_id');
    expect(
      (await rowsOf('0.15.3', '/discovery?limit=1000')).map((row) => (row.discovery_type as Row).type),
    ).not.toContain('Docker');
  });

  it('an interface row has its address and its LLDP neighbour, and tags have descriptions', async () => {
    const rows = (await hostOf('0.14.13')).if_entries as Row[];
    expect(rows[0]?.interface_id).toBe(((await hostOf('0.14.13')).interfaces as Row[])[0]?.id);
    expect(rows.find((row) => row.lldp_chassis_id)).toMatchObject({
      lldp_chassis_id: { subtype: 'MacAddress', value: expect.stringMatching(/^52:54:/) },
      lldp_port_id: { subtype: 'InterfaceName', value: expect.any(String) },
    });
    const tags = await rowsOf('0.14.13', '/tags');
    expect(new Set(tags.map((tag) => typeof tag.description))).toEqual(new Set(['string', 'object']));
  });

  it('a name that no user entered is stored until 0.17.16, and then the title is the whole host name', async () => {
    const named = world.network.hosts.find(({ name, hostname }) => name !== '' && hostname?.startsWith(`${name}.`));
    expect((await hostOf('0.17.12', named?.id)).name).toBe(named?.name);
    expect(await hostOf('0.17.16', named?.id)).toMatchObject({
      name: '',
      display_name: named?.hostname,
      display_name_rung: 'Hostname',
    });
    const written = world.network.hosts.find(({ name }) => name === 'build-agent');
    expect(await hostOf('0.17.16', written?.id)).toMatchObject({ name: 'build-agent', display_name: 'build-agent' });
  });

  it('a scheduled scan is of type Network in 0.14 and Unified later', async () => {
    const typeOf = async (version: string) => (await rowsOf(version, '/discovery'))[0]?.discovery_type;
    expect(await typeOf('0.14.13')).toMatchObject({ type: 'Network' });
    expect(await typeOf('0.15.3')).toMatchObject({ type: 'Unified' });
  });

  it('the result of a run has the number of hosts it found from 0.15 on', async () => {
    const resultOf = async (version: string) => {
      const rows = await rowsOf(version, '/discovery');
      return (
        rows.map((row) => (row.run_type as Row).results as Row | undefined).find((result) => result !== undefined) ?? {}
      );
    };
    expect(await resultOf('0.14.13')).not.toHaveProperty('hosts_discovered');
    expect(await resultOf('0.15.3')).toHaveProperty('hosts_discovered');
  });
});

it.each(versions)('%s returns its version, and repeats it in every answer', async (version) => {
  const got = await get(await at(version), '/api/version');
  expect(got.data).toEqual({ api_version: 1, server_version: version });
  expect((await get(await at(version), '/tags')).body.meta).toMatchObject({ api_version: 1, server_version: version });
});

it.each(versions)('%s has the same hosts, addresses and services as every other version', async (version) => {
  const rows = await rowsOf(version, '/hosts?limit=1000');
  expect(rows.map((row) => row.id).sort()).toEqual(world.network.hosts.map((host) => host.id).sort());
  expect(rows.flatMap((row) => (row.services as Row[]).map((service) => service.id)).length).toBe(
    world.network.hosts.flatMap((host) => host.services).length,
  );
});

it('a rolling upgrade changes every shape from the next request on', async () => {
  const demo = await startDemo({ version: '0.16.0' });
  expect((await get(demo, '/hosts?limit=1')).rows[0]).toHaveProperty('network_id');
  demo.setVersion('0.17.22');
  const { rows, body } = await get(demo, '/hosts?limit=1');
  expect(rows[0]).toHaveProperty('site_id');
  expect(body.meta).toMatchObject({ server_version: '0.17.22' });
  expect((await get(demo, '/networks')).headers.get('content-type')).toBe('text/html');
  await demo.close();
});

it('a version that does not read a.b.c is refused', async () => {
  await expect(startDemo({ version: 'latest' })).rejects.toThrow(TypeError);
});

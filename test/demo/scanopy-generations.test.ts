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

  it('0.14 knows one SNMP credential and no system name; 0.15 has assignments and identity', async () => {
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

  it('neighbours leave the interface rows at 0.17.15 and are told by the topology', async () => {
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

  it('a scheduled scan is of type Network in 0.14 and Unified later', async () => {
    const typeOf = async (version: string) => (await rowsOf(version, '/discovery'))[0]?.discovery_type;
    expect(await typeOf('0.14.13')).toMatchObject({ type: 'Network' });
    expect(await typeOf('0.15.3')).toMatchObject({ type: 'Unified' });
  });

  it('the result of a run tells how many hosts it found from 0.15 on', async () => {
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

it.each(versions)('%s tells its version, and repeats it in every answer', async (version) => {
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

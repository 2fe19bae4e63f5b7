import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanopyDemo } from '#demo/scanopy/server.ts';
import { get, START, startDemo, world } from './scanopy-server.ts';

let demo: ScanopyDemo;
let late: ScanopyDemo;
let newest: ScanopyDemo;
beforeAll(async () => {
  const clock = () => START;
  demo = await startDemo({ version: '0.16.0', clock });
  late = await startDemo({ version: '0.17.21', clock });
  newest = await startDemo({ version: '0.17.22', clock });
});
afterAll(() => Promise.all([demo, late, newest].map((server) => server.close())));

const { hosts, networks } = world.network;
const total = hosts.length;
const ids = hosts.map((host) => host.id);
const idQuery = (some: readonly string[]) => some.map((id) => `ids=${id}`).join('&');
const badQuery = async (path: string, server = demo) => {
  const got = await get(server, path);
  return [got.status, got.headers.get('content-type')];
};
const refused = [400, 'text/plain; charset=utf-8'];

describe('limits', () => {
  it('50 rows by default, also for 120 ids', async () => {
    expect((await get(demo, '/hosts')).rows.length).toBe(50);
    const got = await get(demo, `/hosts?${idQuery(ids.slice(0, 120))}`);
    expect([got.rows.length, got.page.total_count, got.page.has_more]).toEqual([50, 120, true]);
  });

  it('more than 1000 is 1000, and only the answer says so', async () => {
    const { page, rows } = await get(demo, '/services?limit=5000');
    expect([page.limit, rows.length <= 1000]).toEqual([1000, true]);
  });

  it('0 is everything, and says for ever that there is more', async () => {
    const { rows, page } = await get(demo, '/hosts?limit=0');
    expect([rows.length, page]).toEqual([total, { total_count: total, limit: 0, offset: 0, has_more: true }]);
  });

  it('pages cover every row once', async () => {
    const seen: unknown[] = [];
    for (let offset = 0, more = true; more; offset += 100) {
      const { rows, page } = await get(demo, `/hosts?limit=100&offset=${offset}`);
      seen.push(...rows.map((row) => row.id));
      more = page.has_more;
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('0 with an offset is everything from there on', async () => {
    const { rows, page } = await get(demo, '/hosts?limit=0&offset=30');
    expect([rows.length, page.offset]).toEqual([total - 30, 30]);
  });

  it('a limit without value is as absent', async () => {
    expect((await get(demo, '/hosts?limit=')).page.limit).toBe(50);
  });
});

describe('unknown keys are ignored', () => {
  it.each(['ids[]=', 'ids[0]=', 'id=', 'search=', 'network='])('%s returns the unfiltered list', async (key) => {
    expect((await get(demo, `/hosts?${key}${ids[0]}`)).page.total_count).toBe(total);
  });

  it('network_id filters until 0.17.21 and is ignored from 0.17.22 on', async () => {
    const [network] = networks;
    const inside = hosts.filter((host) => host.networkId === network?.id).length;
    for (const server of [demo, late])
      expect((await get(server, `/hosts?network_id=${network?.id}`)).page.total_count).toBe(inside);
    expect((await get(newest, `/hosts?network_id=${network?.id}`)).page.total_count).toBe(total);
    expect((await get(newest, `/hosts?site_id=${network?.id}`)).page.total_count).toBe(inside);
    expect((await get(demo, `/subnets?network_id=${network?.id}&site_id=${network?.id}`)).status).toBe(200);
  });

  it.each(['network_id=', 'site_id='])('%s without a value is ignored', async (query) => {
    expect((await get(demo, `/hosts?${query}`)).page.total_count).toBe(total);
  });

  it('late parameters filter late servers only', async () => {
    const hidden = hosts.filter((host) => host.hidden).length;
    expect((await get(late, '/hosts?hidden=true')).page.total_count).toBe(hidden);
    expect((await get(demo, '/hosts?hidden=true')).page.total_count).toBe(total);
    const [row] = (await get(late, '/hosts?limit=1&include_children=false')).rows;
    expect([row?.services, row?.ip_addresses]).toEqual([[], expect.arrayContaining([expect.anything()])]);
  });

  it('several networks may be named by late servers', async () => {
    const [one, two] = networks;
    const both = hosts.filter((host) => host.networkId === one?.id || host.networkId === two?.id).length;
    expect((await get(late, `/hosts?network_ids=${one?.id}&network_ids=${two?.id}`)).page.total_count).toBe(both);
  });
});

describe('parse errors are text', () => {
  it.each([
    `ids=${ids[0]},${ids[1]}`,
    `ids=${ids[0]}%2C${ids[1]}`,
    'ids=',
    'limit=abc',
    'limit=-1',
    'offset=-1',
    'offset=4294967296',
    'order_by=speed',
    'order_by=manufacturer',
    'order_direction=up',
    `network_id=${networks[0]?.id}&network_id=${networks[1]?.id}`,
  ])('%s is 400 text/plain', async (query) => {
    expect(await badQuery(`/hosts?${query}`)).toEqual(refused);
  });

  it('a path id that is no UUID is 400 text/plain', async () => {
    expect(await badQuery('/hosts/42')).toEqual(refused);
  });

  it('a field together with its alias is 400 where the alias exists', async () => {
    const id = networks[0]?.id;
    expect(await badQuery(`/hosts?network_id=${id}&network_ids=${id}`, late)).toEqual(refused);
    expect((await get(demo, `/hosts?network_id=${id}&network_ids=${id}`)).status).toBe(200);
  });

  it('unknown paths are nothing when no web UI is served', async () => {
    const bare = await startDemo({ webUi: false });
    const got = await get(bare, '/vlans');
    expect([got.status, got.text]).toEqual([404, '']);
    await bare.close();
  });
});

it('a host is found, and sorted, by what its version shows', async () => {
  const host = hosts.find(({ name, hostname }) => name !== '' && hostname?.startsWith(`${name}.`));
  const found = await get(late, `/hosts?search=${host?.name}&limit=1000`);
  expect(found.rows.map((row) => row.id)).toContain(host?.id);
  const titles = (await get(late, '/hosts?order_by=name&limit=1000')).rows.map((row) => String(row.display_name));
  expect(titles).toContain(host?.hostname);
});

describe('lookups', () => {
  it('repeated ids in any place select rows; missing ones are silently absent', async () => {
    const wanted = [ids[7], ids[3]] as string[];
    const query = `ids=${wanted[0]}&limit=10&ids=${wanted[1]}&ids=00000000-0000-4000-8000-000000000000`;
    const { rows } = await get(demo, `/hosts?${query}`);
    expect(rows.map((row) => row.id).sort()).toEqual(wanted.toSorted());
  });

  it('by-id answers the same row as the list', async () => {
    const one = (await get(demo, `/hosts/${ids[5]}`)).data;
    expect(one).toEqual((await get(demo, `/hosts?ids=${ids[5]}`)).rows[0]);
  });

  it('children are found by host, service, port and address', async () => {
    const host = hosts.find((candidate) => candidate.services.length > 1);
    const service = host?.services[0];
    expect((await get(demo, `/services?host_id=${host?.id}`)).page.total_count).toBe(host?.services.length);
    expect((await get(demo, `/ip-addresses?host_id=${host?.id}`)).page.total_count).toBe(host?.addresses.length);
    expect((await get(demo, `/bindings?service_id=${service?.id}`)).page.total_count).toBe(service?.bindings.length);
    const { rows } = await get(demo, `/ip-addresses?subnet_id=${host?.addresses[0]?.subnetId}&limit=1000`);
    expect(rows.map((row) => row.host_id)).toContain(host?.id);
  });

  it('any of several tags selects a host', async () => {
    const tagged = hosts.filter((host) => host.tagIds.length > 0);
    const some = [...new Set(tagged.slice(0, 3).flatMap((host) => host.tagIds))];
    const expected = hosts.filter((host) => host.tagIds.some((id) => some.includes(id))).length;
    expect((await get(demo, `/hosts?${some.map((id) => `tag_ids=${id}`).join('&')}`)).page.total_count).toBe(expected);
  });
});

describe('order', () => {
  const column = async (server: ScanopyDemo, query: string, key: string) =>
    (await get(server, `/hosts?limit=1000&${query}`)).rows.map((row) => row[key] as string | null);

  it('oldest first by default, whatever the number of fractional digits', async () => {
    const instants = (await column(demo, '', 'created_at')).map((text) => text?.replace('Z', '') ?? '');
    expect(instants).toEqual(instants.toSorted());
    expect(new Set(instants.map((text) => text.split('.')[1]?.length ?? 0))).toEqual(new Set([0, 3, 6, 9]));
  });

  it('unknown values come last ascending and first descending', async () => {
    expect((await column(demo, 'order_by=hostname', 'hostname')).at(-1)).toBeNull();
    expect((await column(demo, 'order_by=hostname&order_direction=desc', 'hostname'))[0]).toBeNull();
  });

  it('grouping sorts first and always ascending', async () => {
    const networkIds = await column(demo, 'group_by=network_id&order_by=name&order_direction=desc', 'network_id');
    expect(networkIds).toEqual(networkIds.toSorted());
  });

  it('by name is by the stored column, in late versions by the title', async () => {
    expect((await column(demo, 'order_by=name', 'name'))[0]).toBe('');
    expect((await column(late, 'order_by=name', 'display_name'))[0]).not.toBe('');
  });

  it('the order field of networks is renamed with them', async () => {
    expect(await badQuery('/hosts?order_by=network_id', newest)).toEqual(refused);
    expect((await get(newest, '/hosts?order_by=site_id')).status).toBe(200);
  });

  it('lists without order ignore the key', async () => {
    expect((await get(demo, '/ports?order_by=nonsense')).status).toBe(200);
  });
});

import { describe, expect, test } from 'vitest';
import { failureOf, scopeOf } from '../../../support/transport/arrange.ts';
import {
  arrange,
  badQuery,
  broken,
  hostRow,
  html,
  notFound,
  page,
  serviceRow,
  uuid,
} from '../../../support/transport/scanopy-upstream.ts';
import { hostPage, servicePage } from './listed.ts';

const V16 = '0.16.0';

test('every call of a list says its limit, never 0, and for ids as many as are requested', async () => {
  const ids = Array.from({ length: 80 }, (_, i) => uuid(i));
  const { client, upstream } = await arrange((url) =>
    url.searchParams.has('ids')
      ? page(
          V16,
          ids.map((_, i) => hostRow(i)),
        )
      : page(V16, []),
  );
  const scope = scopeOf();
  expect(await client.hostsByIds(ids, scope)).toHaveLength(80);
  await Promise.all([
    hostPage(client, {}, 0, scope),
    servicePage(client, {}, 3, scope),
    client.networks(scope),
    client.tags(scope),
    client.subnets(scope),
    client.daemons(scope),
    client.vlans(scope),
    client.serviceDependencies(scope),
    client.discoveryPage(0, scope),
  ]);
  const limits = upstream.seen.map((path) => new URL(path, 'http://x').searchParams.getAll('limit'));
  expect(limits[0]).toEqual(['80']);
  for (const limit of limits) expect(Number(limit[0])).toBeGreaterThan(0);
  expect(limits.every((limit) => limit.length === 1)).toBe(true);
});

test('more than a hundred ids a call are refused before they are sent', async () => {
  const { client, upstream } = await arrange(() => page(V16, []));
  const ids = Array.from({ length: 101 }, (_, i) => uuid(i));
  await expect(async () => client.hostsByIds(ids, scopeOf())).rejects.toThrow(RangeError);
  expect(upstream.seen).toEqual([]);
});

describe('a filter that the server ignores', () => {
  const rows = [hostRow(1), hostRow(2, { network_id: uuid(901), tags: [uuid(500)], hidden: true }), hostRow(3)];

  test.each([
    [{ networkId: uuid(901) }, '0.99.0'],
    [{ tagId: uuid(500) }, V16],
    [{ hidden: true }, '0.99.0'],
  ])('does not leak rows: %o', async (query, version) => {
    const { client } = await arrange((url) =>
      url.pathname === '/api/version' ? versionAnswer(version) : page(version, rows),
    );
    const answer = await hostPage(client, query, 0, scopeOf());
    expect(answer.rows.map((row) => row?.id)).toEqual([uuid(2)]);
    expect(answer.total).toBe(1);
  });

  test('does not leak services', async () => {
    const { client } = await arrange(() => page(V16, [serviceRow(1), serviceRow(2, { host_id: uuid(77) })]));
    const answer = await servicePage(client, { hostId: uuid(77) }, 0, scopeOf());
    expect(answer).toMatchObject({ total: 1, rows: [{ id: uuid(2) }] });
  });

  test('finds by id even when `ids` is what it ignores', async () => {
    const { client } = await arrange((url) =>
      url.searchParams.get('limit') === '1' ? page('0.99.0', [hostRow(1)], 3) : page('0.99.0', rows),
    );
    expect((await client.hostsByIds([uuid(3)], scopeOf())).map(({ id }) => id)).toEqual([uuid(3)]);
  });
});

test('ids are repeated keys, without brackets and commas', async () => {
  const { client, upstream } = await arrange(() => page(V16, [hostRow(1), hostRow(2)]));
  await client.hostsByIds([uuid(1), uuid(2)], scopeOf());
  expect(upstream.seen).toEqual([`/api/v1/hosts?ids=${uuid(1)}&ids=${uuid(2)}&limit=2`]);
});

test('parameters that only late versions have are sent to late versions only', async () => {
  const query = { hidden: false, search: 'x', networkId: uuid(900) };
  const old = await arrange((url) => (url.pathname === '/api/version' ? versionAnswer(V16) : page(V16, [])));
  await hostPage(old.client, query, 0, scopeOf());
  expect(old.upstream.seen.some((path) => /hidden|search/.test(path))).toBe(false);
  const late = await arrange((url) =>
    url.pathname === '/api/version' ? versionAnswer('0.17.21') : page('0.17.21', []),
  );
  await hostPage(late.client, query, 0, scopeOf());
  expect(late.upstream.seen.at(-1)).toContain(`network_id=${uuid(900)}&hidden=false&search=x`);
});

test('a 400 in plain text is an error of ours to show, without its text', async () => {
  const { client } = await arrange(() => badQuery);
  const failure = await failureOf(hostPage(client, {}, 0, scopeOf()));
  expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
  expect(failure.message).not.toContain('deserialize');
});

describe('a list that a version lacks', () => {
  test.each([
    ['the web page', html],
    ['a 404', notFound],
  ])('is empty when the server answers with %s, and asked for once', async (_, answer) => {
    const { client, upstream } = await arrange((url) => (url.pathname.endsWith('/vlans') ? answer : page(V16, [])));
    await hostPage(client, {}, 0, scopeOf());
    expect(await client.vlans(scopeOf())).toEqual([]);
    expect(await client.vlans(scopeOf())).toEqual([]);
    expect(upstream.seen.filter((path) => path.includes('/vlans'))).toHaveLength(1);
  });

  test('is requested again once the server has another version', async () => {
    let version = V16;
    const { client } = await arrange((url) =>
      url.pathname.endsWith('/vlans')
        ? version === V16
          ? html
          : page(version, [{ id: uuid(5), network_id: uuid(900), vlan_number: 12, name: 'guests', subnet_ids: [] }])
        : page(version, []),
    );
    await hostPage(client, {}, 0, scopeOf());
    expect(await client.vlans(scopeOf())).toEqual([]);
    version = '0.17.21';
    await hostPage(client, {}, 0, scopeOf({ bypassCache: true }));
    expect(await client.vlans(scopeOf())).toMatchObject([{ number: 12, name: 'guests' }]);
  });

  test('is an error when the server is broken', async () => {
    const { client } = await arrange(() => broken);
    const failure = await failureOf(client.vlans(scopeOf()));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(failure.message).not.toContain('relation');
  });

  test('groups that moved within 0.15 are found at their new place', async () => {
    const row = {
      id: uuid(7),
      network_id: uuid(900),
      name: 'path',
      dependency_type: 'RequestPath',
      members: { type: 'Services', service_ids: [uuid(1)] },
    };
    const { client } = await arrange((url) => {
      if (url.pathname === '/api/version') return versionAnswer('0.15.6');
      return url.pathname.endsWith('/groups') ? html : page('0.15.6', [row]);
    });
    expect(await client.serviceDependencies(scopeOf())).toMatchObject([
      { dependencyType: 'REQUEST_PATH', members: { by: 'SERVICE', ids: [uuid(1)] } },
    ]);
  });
});

test('words that no known version has are shown as they are, or as unknown', async () => {
  const dependency = {
    id: uuid(7),
    network_id: uuid(900),
    name: 'mesh',
    dependency_type: 'Mesh',
    members: { type: 'Services', service_ids: [] },
  };
  const { client } = await arrange((url) =>
    url.pathname.endsWith('/hosts')
      ? page(V16, [hostRow(1, { ports: [{ id: uuid(2), number: 1, protocol: 'Sctp', type: 'Quantum' }] })])
      : page(V16, [dependency]),
  );
  const { rows } = await hostPage(client, {}, 0, scopeOf());
  expect(rows[0]?.ports).toEqual([{ id: uuid(2), number: 1, protocol: 'Sctp', portType: 'Quantum' }]);
  expect(await client.serviceDependencies(scopeOf())).toMatchObject([{ dependencyType: 'UNKNOWN' }]);
});

test('a link speed beyond 32 bits stays exact', async () => {
  const row = { id: uuid(3), if_index: 1, speed_bps: 400_000_000_001 };
  const { client } = await arrange(() => page(V16, [hostRow(1, { interfaces: [row] })]));
  const { rows } = await hostPage(client, {}, 0, scopeOf());
  expect(rows[0]?.interfaces[0]?.speedBps).toBe(400_000_000_001);
});

test('when pages do not add up they are read once more, and repeated rows are taken once', async () => {
  const all = Array.from({ length: 250 }, (_, i) => hostRow(i));
  let calls = 0;
  const { client } = await arrange((url) => {
    if (url.pathname === '/api/version') return versionAnswer(V16);
    calls += 1;
    const offset = Number(url.searchParams.get('offset'));
    const shift = calls === 2 ? 1 : 0;
    return page(V16, all.slice(offset - shift, offset - shift + 200), calls === 2 ? 251 : 250);
  });
  const { total, rows } = await hostPage(client, { search: 'HOST-' }, 1, scopeOf());
  expect(total).toBe(250);
  expect(rows.map((row) => row?.id)).toEqual(Array.from({ length: 50 }, (_, i) => uuid(200 + i)));
  expect(calls).toBe(4);
});

test('what is ordered is not grouped, which would sort first', async () => {
  const { client, upstream } = await arrange(() => page(V16, []));
  await hostPage(client, { orderBy: { field: 'CREATED_AT', direction: 'DESC' } }, 0, scopeOf());
  expect(upstream.seen[0]).toContain('order_by=created_at&order_direction=desc');
  expect(upstream.seen.join()).not.toContain('group_by');
});

test('what must not be shown is not even in the model', async () => {
  const secret = 'secret-of-the-upstream';
  const { client } = await arrange(() =>
    page(V16, [
      hostRow(1, {
        credential_assignments: [{ credential_id: secret }],
        snmp_credential_id: secret,
        sys_contact: secret,
        source: { type: 'Manual', metadata: [secret] },
        ip_addresses: [{ id: uuid(2), subnet_id: uuid(3), ip_address: '10.0.0.1', secret }],
      }),
    ]),
  );
  expect(JSON.stringify(await hostPage(client, {}, 0, scopeOf()))).not.toContain(secret);
});

test('instants keep their nine digits', async () => {
  const { client } = await arrange(() => page(V16, [hostRow(1)]));
  const { rows } = await hostPage(client, {}, 0, scopeOf());
  expect(rows[0]?.createdAt).toBe('2026-01-15T10:30:00.123456789Z');
});

test('MAC addresses have one spelling, whatever the version sends', async () => {
  const address = (n: number, more: object) => ({
    id: uuid(n),
    subnet_id: uuid(9),
    ip_address: `10.0.0.${n}`,
    name: null,
    ...more,
  });
  const rows = [
    address(1, { mac_address: 'DE:AD:BE:EF:00:01' }),
    address(2, { mac_address: 'dead.beef.0001' }),
    address(3, { mac_address: null }),
    address(4, {}),
  ];
  const { client } = await arrange(() => page(V16, [hostRow(1, { ip_addresses: rows })]));
  const { rows: hosts } = await hostPage(client, {}, 0, scopeOf());
  expect(hosts[0]?.addresses.map(({ macAddress }) => macAddress)).toEqual([
    'de:ad:be:ef:00:01',
    'de:ad:be:ef:00:01',
    null,
    null,
  ]);
});

test('a host of the first generation without SNMP rows keeps its addresses, and gets no interfaces out of them', async () => {
  const { ip_addresses: _, ...bare } = hostRow(1) as Record<string, unknown>;
  const addresses = [{ id: uuid(2), subnet_id: uuid(3), ip_address: '10.0.0.1', mac_address: null, name: 'eth0' }];
  const { client } = await arrange(() => page('0.14.13', [{ ...bare, interfaces: addresses }]));
  const { rows } = await hostPage(client, {}, 0, scopeOf());
  expect(rows[0]).toMatchObject({ addresses: [{ address: '10.0.0.1' }], interfaces: [] });
});

test('rows that cannot be read are holes in their places, counted and reported', async () => {
  const { client, reports } = await arrange(() => page(V16, [hostRow(1), { id: 5 }, null, hostRow(2)]));
  const answer = await hostPage(client, {}, 0, scopeOf());
  expect(answer.rows.map((row) => row?.id ?? null)).toEqual([uuid(1), null, null, uuid(2)]);
  expect(answer).toMatchObject({ total: 4, invalid: 2 });
  expect(reports).toEqual([{ source: 'net', endpoint: '/api/v1/hosts', dropped: 2 }]);
});

test('an answer that is no page is an invalid response, not an empty list', async () => {
  const { client } = await arrange(() => ({ ok: true }));
  expect((await failureOf(client.networks(scopeOf()))).code).toBe('UPSTREAM_INVALID_RESPONSE');
});

function versionAnswer(version: string): object {
  return {
    success: true,
    data: { api_version: 1, server_version: version },
    meta: { api_version: 1, server_version: version },
  };
}

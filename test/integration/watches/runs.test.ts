import { expect, it } from 'vitest';
import { until } from '../../support/until.ts';
import { startReceiver } from '../../support/watches/receiver.ts';
import { SECRET, startWatching, watchOf } from '../../support/watches/watching-gateway.ts';

it('a watched question is asked again after a reading that changed something, and its answer is told', async () => {
  const receiver = await startReceiver();
  const webhooks = [{ url: receiver.url, secret: SECRET, allowPrivate: true }];
  const { network, replace } = await startWatching([watchOf({ webhooks })]);
  expect(receiver.received).toHaveLength(0);
  const gone = network.hosts.at(-1);
  await replace({ ...network, hosts: network.hosts.slice(0, -1) });
  await receiver.untilReceived(1);
  const body = JSON.parse(receiver.received[0]?.body ?? '');
  expect(body).toMatchObject({
    ...{ type: 'watch.fired', watch: 'hosts', operation: 'hosts', condition: 'changed', variables: {} },
    summary: {
      count: network.hosts.length - 1,
      vanished: { count: 1, rows: [{ title: expect.any(String) }] },
      appeared: { count: 0 },
      changed: { count: 0 },
    },
    data: { hosts: { totalCount: network.hosts.length - 1 } },
  });
  expect(Buffer.from(body.summary.vanished.rows[0].id, 'base64url').toString()).toContain(gone?.id);
});

it('a reading without a change runs nothing, and neither does the clock alone', async () => {
  const { clock, harness, refresh, runs } = await startWatching([watchOf()]);
  const asked = await runs('quiet');
  for (const _ of [1, 2, 3]) await refresh();
  expect(await runs('quiet')).toBe(asked);
  // Stopped: only time goes on.
  await Promise.all(harness.gateway.sources.all.all.map(({ index }) => index?.stop()));
  clock.skip(24 * 60 * 60_000);
  expect(await runs('quiet')).toBe(asked);
});

it('a scan that saw everything again, and found it as it was, runs nothing', async () => {
  const { harness, network, replace, runs } = await startWatching([watchOf()]);
  const asked = await runs('quiet');
  const at = new Date(Date.now() + 60_000).toISOString();
  const seen = {
    hosts: network.hosts.map((host) => ({ ...host, lastSeenAt: at, updatedAt: at })),
    daemons: network.daemons.map((daemon) => ({ ...daemon, lastSeenAt: at })),
  };
  await replace({ ...network, ...seen });
  const updated = '{ hosts(first: 1) { nodes { updatedAt } } }';
  expect((await harness.query<object>(updated)).data).toEqual({ hosts: { nodes: [{ updatedAt: at }] } });
  // Readings are compared one after the other: once this one has run the watch, the former one has not.
  await replace({ ...network, ...seen, hosts: seen.hosts.slice(0, -1) });
  await until(async () => (await runs('fired')) === 1);
  expect([await runs('quiet'), await runs('failed')]).toEqual([asked, 0]);
});

it('a run after a reading sends no request: the reading has what is asked', async () => {
  const { harness, network, replace, runs } = await startWatching([watchOf()]);
  const endpoints = new Set(harness.scanopy[0]?.calls.map(({ endpoint }) => endpoint));
  const later = await replace({ ...network, hosts: network.hosts.slice(0, -1) });
  await until(async () => (await runs('fired')) === 1);
  // A reading asks once for the networks, and once for the hosts, which are all on one page.
  expect(later.countOf('/networks')).toBeGreaterThan(0);
  expect(later.countOf('/hosts')).toBe(later.countOf('/networks'));
  expect(later.calls.filter(({ endpoint }) => !endpoints.has(endpoint))).toEqual([]);
});

it('the index of a watched source is kept up to date though nobody asks, and what it brings is told once', async () => {
  const { harness, network, refresh, replace, runs } = await startWatching([watchOf()]);
  await refresh();
  harness.resetUpstreamCalls();
  await refresh();
  expect(harness.upstreamCalls()).toBeGreaterThan(0);
  const asked = await runs('quiet');
  await replace({ ...network, hosts: network.hosts.slice(0, -1) });
  await until(async () => (await runs('fired')) === 1);
  await refresh();
  expect(await runs('fired')).toBe(1);
  expect(await runs('quiet')).toBe(asked);
});

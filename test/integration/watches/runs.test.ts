import { expect, it } from 'vitest';
import { replaceNetwork } from '../../support/history/gateway-with-history.ts';
import { until } from '../../support/until.ts';
import { startReceiver } from '../../support/watches/receiver.ts';
import { SECRET, startWatching, watchOf } from '../../support/watches/watching-gateway.ts';

it('a watched question is asked again after a reading that changed something, and its answer is told', async () => {
  const receiver = await startReceiver();
  const webhooks = [{ url: receiver.url, secret: SECRET, allowPrivate: true }];
  const { harness, network, refresh } = await startWatching([watchOf({ webhooks })]);
  expect(receiver.received).toHaveLength(0);
  const gone = network.hosts.at(-1);
  await replaceNetwork(harness, { ...network, hosts: network.hosts.slice(0, -1) });
  await refresh();
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

it('the index of a watched source is kept up to date though nobody asks, and what it brings is told once', async () => {
  const { harness, network, refresh, runs } = await startWatching([watchOf()]);
  await refresh();
  harness.resetUpstreamCalls();
  await refresh();
  expect(harness.upstreamCalls()).toBeGreaterThan(0);
  const asked = await runs('quiet');
  await replaceNetwork(harness, { ...network, hosts: network.hosts.slice(0, -1) });
  // A reading that was under way when the server was replaced brings nothing yet.
  await until(async () => {
    await refresh();
    return (await runs('fired')) === 1;
  });
  await refresh();
  expect(await runs('fired')).toBe(1);
  expect(await runs('quiet')).toBe(asked);
});

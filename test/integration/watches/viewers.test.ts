import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { createWorld } from '#demo/world/world.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import { listenBySse } from '../../support/listen.ts';
import { until } from '../../support/until.ts';
import { type Receiver, startReceiver } from '../../support/watches/receiver.ts';
import { SECRET, startWatching, watchOf } from '../../support/watches/watching-gateway.ts';

const NAMES = ['north', 'south'] as const;
type Name = (typeof NAMES)[number];

/** Each tenant has a server, a source and a key of its name. */
const AUTH: ConfigInput['auth'] = {
  mode: 'api-key',
  keys: NAMES.map((name) => ({ name, tenant: name, sha256: createHash('sha256').update(name).digest('hex') })),
  tenants: Object.fromEntries(NAMES.map((name) => [name, { sources: [name] }])),
};
const as = (name: Name) => ({ 'x-api-key': name });

const NETWORKS = {
  north: createWorld({ seed: 1, hosts: 170 }).network,
  south: createWorld({ seed: 2, hosts: 180 }).network,
};

const startTenants = async (watches: Parameters<typeof startWatching>[0]) => {
  const watching = await startWatching(watches, {
    scanopy: NAMES.map((name) => ({ name, world: NETWORKS[name] })),
    config: { auth: AUTH, server: { operator: { open: true } } },
  });
  const { replace, runs } = watching;
  /** Until the watch of this name has told that a host is gone. */
  const loseHost = async (name: Name, watch: string) => {
    const hosts = NETWORKS[name].hosts.slice(0, -1);
    await replace({ ...NETWORKS[name], hosts }, NAMES.indexOf(name));
    await until(async () => (await runs('fired', watch)) === 1);
  };
  return { ...watching, loseHost };
};

const toldTo = (receiver: Receiver) => receiver.received.map(({ body }) => JSON.parse(body));

it('watches of two tenants are asked and told side by side, each of its own sources alone', async () => {
  const receivers = { north: await startReceiver(), south: await startReceiver() };
  const watches = NAMES.map((name) =>
    watchOf({ name, viewer: name, webhooks: [{ url: receivers[name].url, secret: SECRET, allowPrivate: true }] }),
  );
  const { harness, loseHost, runs } = await startTenants(watches);
  const pending = async (name: Name) => {
    const query = '{ watches { pendingDeliveries } }';
    const { data } = await harness.query<{ watches: readonly { pendingDeliveries: number }[] }>(query, {}, as(name));
    return data.watches.reduce((sum, { pendingDeliveries }) => sum + pendingDeliveries, 0);
  };
  for (const name of NAMES) {
    await loseHost(name, name);
    // Else the clock is moved while it is on its way, and it is sent again.
    await until(async () => (await pending(name)) === 0);
  }
  for (const name of NAMES) {
    const count = NETWORKS[name].hosts.length - 1;
    expect(toldTo(receivers[name])).toMatchObject([
      { watch: name, summary: { count, vanished: { count: 1 } }, data: { hosts: { totalCount: count } } },
    ]);
    const nodes: readonly { readonly id: string }[] = toldTo(receivers[name])[0].data.hosts.nodes;
    expect(new Set(nodes.map(({ id }) => decodeGlobalId(id).source))).toEqual(new Set([name]));
    // When it was asked for the first time; what the other has lost ran it not again.
    expect([await runs('quiet', name), await runs('fired', name), await runs('failed', name)]).toEqual([1, 1, 0]);
  }
});

it('a viewer sees its own watches alone, listed and as they fire, and only those that it names', async () => {
  const { harness, loseHost } = await startTenants([
    watchOf({ name: 'first', viewer: 'north' }),
    watchOf({ name: 'second', viewer: 'north', path: 'hosts' }),
    watchOf({ name: 'other', viewer: 'south' }),
  ]);
  const listed = async (name: Name) => {
    const { data } = await harness.query<{ watches: readonly { name: string }[] }>(
      '{ watches { name } }',
      {},
      as(name),
    );
    return data.watches.map((watch) => watch.name);
  };
  expect([await listed('north'), await listed('south')]).toEqual([['first', 'second'], ['other']]);
  expect((await harness.query('{ watches { name } }')).status).toBe(401);

  const fired = `subscription ($names: [String!]) { watchFired(names: $names) { watch count vanished { id title } } }`;
  const listen = async (name: Name, names: readonly string[] | null) => {
    const listener = await listenBySse<Fired>(harness.url, fired, { names }, as(name));
    onTestFinished(() => listener.leave());
    return listener;
  };
  const ofNorth = await listen('north', null);
  const ofSecond = await listen('north', ['second', 'other']);
  const ofSouth = await listen('south', null);
  const ofFirst = await listen('south', ['first', 'other']);
  await loseHost('north', 'second');
  await loseHost('south', 'other');
  const heard = async (listener: typeof ofNorth, last: string) => {
    await listener.hears(({ data }) => data.watchFired.watch === last);
    return listener.events.map(({ data }) => data.watchFired.watch);
  };
  expect(await heard(ofNorth, 'second')).toEqual(['first', 'second']);
  expect(await heard(ofSecond, 'second')).toEqual(['second']);
  expect(await heard(ofSouth, 'other')).toEqual(['other']);
  expect(await heard(ofFirst, 'other')).toEqual(['other']);
  const [event] = ofSecond.events;
  expect(event?.data.watchFired).toMatchObject({
    count: NETWORKS.north.hosts.length - 1,
    vanished: [{ id: expect.any(String) }],
  });
});

interface Fired {
  readonly data: {
    readonly watchFired: { readonly watch: string; readonly count: number; readonly vanished: readonly object[] };
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { parseGlobalId } from '#lib/record-ref.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { type Listener, listenBySocket, listenBySse, webSocketClient } from '../../support/listen.ts';
import { until } from '../../support/until.ts';

const SCANS = 'subscription ($account: ID) { scanUpdated(account: $account) { id status account { name } } }';
const DISCOVERIES =
  'subscription ($network: ID) { discoveryUpdated(network: $network) { id phase progress hostsDiscovered network { name } } }';

interface ScanEvent {
  readonly data: { readonly scanUpdated: { id: string; status: string; account: { name: string } | null } };
  readonly errors?: unknown;
}
interface DiscoveryEvent {
  readonly data: {
    readonly discoveryUpdated: { id: string; phase: string; progress: number; network: { name: string } };
  };
}

const isComplete = ({ data }: ScanEvent): boolean => data.scanUpdated.status === 'COMPLETE';
const hasEnded = ({ data }: DiscoveryEvent): boolean => data.discoveryUpdated.phase === 'Complete';

const POLL_MS = 50;
/** Something runs in all of these tests. A poll may take twice as long as the pause between two when nothing does. */
const fast = { busyPollSeconds: POLL_MS / 1000, idlePollSeconds: 60 };
const world = createWorld({ seed: 1 });
const running = world.cloud.scans.find(({ status }) => status === 'running');
const accountId = running?.accountId ?? '';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async (options: HarnessOptions): Promise<Harness> => {
  const harness = await startHarness({
    world: () => world,
    ...options,
    config: { subscriptions: fast, ...options.config },
  });
  closing.push(() => harness.close());
  return harness;
};

/** The gateway has read an answer of that endpoint. */
const untilRead = ({ url }: Harness, endpoint: string): Promise<void> =>
  until(async () => {
    const metrics = await (await fetch(new URL('/metrics', url))).text();
    return metrics
      .split('\n')
      .some(
        (line) => line.startsWith('inventory_upstream_requests_total{') && line.includes(`"${endpoint}",outcome="200"`),
      );
  });

describe('scanUpdated', () => {
  it('sends 500 subscribers the end of a scan with one poller, which stops when they leave', async () => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    const client = webSocketClient(harness.url);
    closing.push(() => client.dispose());
    const listeners: Listener<ScanEvent>[] = Array.from({ length: 490 }, () => listenBySocket(client, SCANS));
    listeners.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => listenBySse<ScanEvent>(harness.url, SCANS)))),
    );
    await harness.query('{ sources { name } }');
    const begun = performance.now();
    harness.resetUpstreamCalls();
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 2);
    cloud?.completeScan(accountId);
    const told = await Promise.all(listeners.map((listener) => listener.hears(isComplete)));
    expect(new Set(told.map(({ data }) => data.scanUpdated.id))).toEqual(new Set([expect.any(String)]));
    const polls = (performance.now() - begun) / POLL_MS + 2;
    expect(cloud?.countOf('/scans/active')).toBeLessThanOrEqual(polls);
    expect(cloud?.countOf('/scans/recent')).toBeLessThanOrEqual(polls);

    for (const listener of listeners) listener.leave();
    let calls = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 20 && calls > 0; tries += 1) {
      harness.resetUpstreamCalls();
      await delay(POLL_MS * 6);
      calls = harness.upstreamCalls();
    }
    expect(calls).toBe(0);
  });

  it('sends the end of a scan once, also when the upstream is killed and started again', async () => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    const listener = await listenBySse<ScanEvent>(harness.url, SCANS);
    closing.push(() => listener.leave());
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 1);
    await cloud?.close();
    await delay(POLL_MS * 4);
    const again = await startScanOrbitDemo({
      world: world.cloud,
      edition: 'observed',
      rateLimit: false,
      movingScans: false,
      port: Number(new URL(cloud?.url ?? '').port),
      apiKey: cloud?.apiKey ?? '',
    });
    closing.push(() => again.close());
    again.completeScan(accountId);
    const { data, errors } = await listener.hears(isComplete);
    expect(errors).toBeUndefined();
    expect(data.scanUpdated.account?.name).toBe(world.cloud.accounts.find(({ id }) => id === accountId)?.name);
    await until(() => again.countOf('/scans/recent') > 3);
    expect(listener.events.filter(isComplete)).toHaveLength(1);
  });

  it.each([
    [
      'of a removed account that is complete',
      'analyzing',
      'COMPLETE',
      (cloud?: ScanOrbitDemo) => cloud?.completeScan(null),
    ],
    ['that is stopped', 'running', 'CANCELED', (cloud?: ScanOrbitDemo) => cloud?.cancelScan(accountId)],
  ])('loses no end of a scan %s, although neither list contains it any more', async (_, before, after, end) => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    const { data } = await harness.query<{ scans: { nodes: { id: string; sourceId: string }[] } }>(
      '{ scans(first: 100) { nodes { id sourceId } } }',
    );
    const ending = world.cloud.scans.find(({ status }) => status === before)?.id;
    const id = data.scans.nodes.find(({ sourceId }) => sourceId === ending)?.id;
    const listener = await listenBySse<ScanEvent>(harness.url, SCANS);
    closing.push(() => listener.leave());
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 2);
    end(cloud);
    const told = await listener.hears(({ data }) => data.scanUpdated.id === id);
    expect(told.data.scanUpdated.status).toBe(after);
    const looks = cloud?.countOf('/scans/recent') ?? 0;
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > looks + 2);
    expect(listener.events).toHaveLength(1);
    expect(cloud?.countOf('/scans/{id}')).toBe(1);
  });

  it('sends the end of a scan to subscribers of its account, though the account is removed meanwhile', async () => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    const { data } = await harness.query<{ accounts: { id: string; sourceId: string }[] }>(
      '{ accounts { id sourceId } }',
    );
    const account = data.accounts.find(({ sourceId }) => sourceId === accountId)?.id;
    const listener = await listenBySse<ScanEvent>(harness.url, SCANS, { account });
    closing.push(() => listener.leave());
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 2);
    cloud?.removeAccount(accountId);
    const looks = cloud?.countOf('/scans/recent') ?? 0;
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > looks + 2);
    // The one that was without an account from the beginning, and this one.
    const ended = [cloud?.completeScan(null), cloud?.completeScan(null)];
    expect(ended.map((scan) => scan?.id)).toContain(running?.id);
    const { id } = (await listener.hears(isComplete)).data.scanUpdated;
    expect(parseGlobalId(id)?.id).toBe(running?.id);
    expect(listener.events).toHaveLength(1);
  });

  it('sends only events of the account in the arguments', async () => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    const { data } = await harness.query<{ accounts: { id: string; sourceId: string }[] }>(
      '{ accounts { id sourceId } }',
    );
    const other = data.accounts.find(({ sourceId }) => sourceId !== accountId);
    const mine = data.accounts.find(({ sourceId }) => sourceId === accountId);
    const [elsewhere, here] = await Promise.all(
      [other, mine].map((of) => listenBySse<ScanEvent>(harness.url, SCANS, { account: of?.id })),
    );
    closing.push(
      () => elsewhere?.leave(),
      () => here?.leave(),
    );
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 2);
    cloud?.completeScan(accountId);
    await here?.hears(isComplete);
    expect(elsewhere?.events).toEqual([]);
  });

  it('ends for all subscribers when the gateway shuts down', async () => {
    const harness = await start({ scanorbit: [{ movingScans: false }] });
    const client = webSocketClient(harness.url);
    const events: unknown[] = [];
    const ends = Array.from(
      { length: 2 },
      () =>
        new Promise<void>((resolve) => {
          const end = () => resolve();
          client.subscribe({ query: SCANS }, { next: (event) => events.push(event), error: end, complete: end });
        }),
    );
    await until(() => harness.upstreamCalls() > 1);
    await Promise.all([harness.gateway.close(), ...ends]);
    expect(events).toEqual([]);
  });
});

describe('discoveryUpdated', () => {
  it('follows the event stream of the source: one connection, no polling, every state once', async () => {
    let now = Date.now();
    const harness = await start({ scanopy: [{ clock: () => now, stream: { tickMs: 20 } }] });
    const [network] = harness.scanopy;
    const listeners = await Promise.all(
      Array.from({ length: 5 }, () => listenBySse<DiscoveryEvent>(harness.url, DISCOVERIES)),
    );
    closing.push(...listeners.map((listener) => () => listener.leave()));
    await untilRead(harness, '/api/v1/discovery');
    now += 60_000;
    await listeners[0]?.hears(() => true);
    // The stream says that less time remains, which is no other state.
    now += 1_000;
    await delay(POLL_MS * 2);
    network?.finishDiscovery();
    await Promise.all(listeners.map((listener) => listener.hears(hasEnded)));
    expect(network?.countOf('/discovery/stream')).toBe(1);
    expect(network?.countOf('/discovery/active-sessions')).toBe(1);
    for (const { events } of listeners) {
      expect(events.filter(hasEnded)).toHaveLength(1);
      expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
    }
    expect(listeners[0]?.events.length).toBeGreaterThan(1);
  });

  it('polls where there is no stream', async () => {
    const harness = await start({ scanopy: [{}] });
    const [network] = harness.scanopy;
    network?.faults.add({ kind: 'html-200', match: /discovery\/stream$/ });
    const listener = await listenBySse<DiscoveryEvent>(harness.url, DISCOVERIES);
    closing.push(() => listener.leave());
    await until(() => (network?.countOf('/discovery/active-sessions') ?? 0) > 2);
    network?.finishDiscovery();
    await listener.hears(hasEnded);
    expect(network?.countOf('/discovery/stream')).toBe(1);
  });

  it('sends the end of a discovery once, also when the upstream is killed and started again', async () => {
    const harness = await start({ scanopy: [{ stream: { tickMs: 20 } }] });
    const [network] = harness.scanopy;
    const listener = await listenBySse<DiscoveryEvent>(harness.url, DISCOVERIES);
    closing.push(() => listener.leave());
    await untilRead(harness, '/api/v1/discovery');
    await network?.close();
    await delay(POLL_MS * 2);
    const again = await startScanopyDemo({
      world: world.network,
      version: '0.16.0',
      apiKey: network?.apiKey ?? '',
      rateLimit: false,
      port: Number(new URL(network?.url ?? '').port),
    });
    closing.push(() => again.close());
    again.finishDiscovery();
    await listener.hears(hasEnded);
    await delay(POLL_MS * 4);
    expect(listener.events.filter(hasEnded)).toHaveLength(1);
  });
});

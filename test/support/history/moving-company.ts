import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import type { Random } from '#demo/random.ts';
import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import type { NetworkWorld } from '#demo/world/network-world.ts';
import { createWorld } from '#demo/world/world.ts';
import { readingOf } from '#history/rows-of-snapshot.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { stillness } from '../answers/walk.ts';
import { FakeClock } from '../fake-clock.ts';
import { type Answer, post, startHarness } from '../harness.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const VIEWERS = { cloud: ['scanorbit'], network: ['scanopy'], both: ['scanorbit', 'scanopy'] } as const;
export type Viewer = keyof typeof VIEWERS;
const NAMES = Object.keys(VIEWERS) as Viewer[];

/** A bucket that is refilled would be waited for, and time stands still while something is asked. */
const BOUNDLESS = { limit: 1_000_000_000, windowSeconds: 60, reserve: 0 };
const KEYS = [`scp_u_${'0'.repeat(32)}`, `scp_u_${'1'.repeat(32)}`] as const;
const SECOND = 1000;
const REFRESH_SECONDS = 60;
/** Of its sources, so many looks are enough for the index to have read all that changed. */
const MOST_LOOKS = 100;

export interface MovingCompany {
  readonly clock: FakeClock;
  ask<Data>(viewer: Viewer, query: string): Promise<Answer<Data>>;
  /** Something happens. @returns what, in a word */
  change(random: Random): Promise<string>;
  /** The gateway ends and begins anew, maybe with another key for the network. */
  restart(key?: number): Promise<void>;
  /** Until everything that happened is read, and kept. */
  settle(): Promise<void>;
  /** Number of the key for the network. */
  key(): number;
  /** Relations of some resources cannot be read now. */
  isPartial(): boolean;
  close(): Promise<void>;
}

/** A company whose servers are there (of another edition for every other seed), with a gateway that keeps its history, in a time that a test moves. */
export const startMovingCompany = async (
  seed: number,
  config: Omit<ConfigInput, 'sources'>,
): Promise<MovingCompany> => {
  const clock = new FakeClock(Date.now());
  const world = createWorld({ seed, resources: 160, findings: 60, hosts: 150, now: clock.now() });
  const servers = await startHarness({
    world: () => world,
    scanorbit: [
      {
        edition: seed % 2 ? 'observed' : 'documented',
        movingScans: false,
        clock: () => clock.now(),
        budget: BOUNDLESS,
      },
    ],
    scanopy: [{ clock: () => clock.now(), apiKey: KEYS[0], moreKeys: [KEYS[1]], budget: BOUNDLESS }],
    deps: { clock },
  });
  const [cloud] = servers.scanorbit;
  const [first] = servers.scanopy;
  if (!cloud || !first) throw new Error('Expected a server of either kind.');
  let network: ScanopyDemo = first;
  let networkWorld: NetworkWorld = world.network;
  let version = '0.16.0';
  let gateway: Gateway | null = null;
  let key = 0;
  let isPartial = false;
  /** When something happened at the network; accounts that were scanned, with the time. */
  let networkChangedAt = 0;
  const scanned = new Map<string, number>();

  const opened = (): Gateway => {
    if (!gateway) throw new Error('Expected a gateway.');
    return gateway;
  };
  const still = () => stillness([opened()], 60);
  const ask = <Data>(viewer: Viewer, query: string) => post<Data>(opened().url, { query }, { 'x-api-key': viewer });

  const restart = async (other = key): Promise<void> => {
    await gateway?.close();
    key = other;
    const keys = NAMES.map((name) => ({ name, sha256: sha256(name), tenant: name }));
    const tenants = Object.fromEntries(NAMES.map((name) => [name, { sources: [...VIEWERS[name]] }]));
    const [first, second] = servers.config.sources.map(({ apiKey, ...source }) => ({
      ...source,
      apiKey: apiKey?.reveal(),
    }));
    if (!first || !second) throw new Error('Expected two sources.');
    const settings = {
      ...config,
      sources: [first, { ...second, apiKey: KEYS[key] }],
      auth: { mode: 'api-key', keys, tenants },
      index: { ...config.index, enabled: true, refreshSeconds: REFRESH_SECONDS },
      ...{ server: { port: 0 }, log: { level: 'silent' } },
    } as ConfigInput;
    gateway = await createGateway(defineConfig(settings), { clock });
  };

  const replaceNetwork = async (next: NetworkWorld): Promise<void> => {
    networkWorld = next;
    networkChangedAt = clock.now();
    await network.close();
    network = await startScanopyDemo({
      ...{ world: next, version, apiKey: KEYS[0], moreKeys: [KEYS[1]], rateLimit: false, clock: () => clock.now() },
      port: Number(new URL(first.url).port),
    });
  };

  const isRead = (): boolean => {
    const { cloud: clouds, network: networks } = opened().sources.all;
    const [of, hosts] = [clouds[0]?.index?.snapshot(), networks[0]?.index?.snapshot()];
    return (
      [...scanned].every(([id, at]) => Date.parse(of?.accountReadAt.get(id) ?? '') >= at) &&
      Boolean(of?.edgesComplete) &&
      Date.parse(hosts?.readAt ?? '') >= networkChangedAt
    );
  };

  const isKept = async (): Promise<boolean> => {
    const { all, history } = opened().sources.all;
    const last = await history?.lastReadings(clock.now());
    return all.every(({ name, index }) => {
      const snapshot = index?.snapshot();
      return snapshot && readingOf(snapshot, '', 0).at === last?.get(name)?.at;
    });
  };

  const settle = async (): Promise<void> => {
    for (let looks = 0; looks === 0 || !isRead(); looks++) {
      if (looks === MOST_LOOKS) throw new Error('Expected the index to read what changed.');
      await ask('both', '{ resources(first: 1) { totalCount } hosts(first: 1) { totalCount } }');
      await clock.advance(20 * SECOND, still);
    }
    isPartial = (opened().sources.all.cloud[0]?.index?.snapshot()?.unreadEdges.length ?? 0) > 0;
    await vi.waitFor(
      async () => {
        if (!(await isKept())) throw new Error('Expected the reading to be kept.');
      },
      { timeout: 30_000, interval: 5 },
    );
  };

  const scan = (accountId: string): void => {
    cloud.completeScan(accountId);
    scanned.set(accountId, clock.now());
  };

  const change = async (random: Random): Promise<string> => {
    // So that nothing was read at this moment yet.
    await clock.advance(SECOND, still);
    const what = random.pick([
      'tags',
      'gone',
      'new',
      'unread',
      'scan',
      'hosts',
      'hosts',
      'hosts',
      'upgrade',
      'hour',
    ] as const);
    const row = random.pick(world.cloud.resources);
    switch (what) {
      case 'tags':
        cloud.editTags(row.id, { Name: `named ${random.hex(4)}` });
        break;
      case 'gone':
        cloud.removeResource(row.id);
        break;
      case 'new': {
        const id = `${random.hex(8)}-0000-4000-8000-${random.hex(12)}`;
        cloud.addResource({ ...row, id, resourceId: `${row.resourceId.slice(0, 20)}${random.hex(8)}` });
        break;
      }
      case 'unread':
        cloud.faults.clear();
        if (random.chance(0.6)) cloud.faults.add({ kind: 'status-500', match: new RegExp(`${row.id}/dependencies`) });
        break;
      case 'hosts':
        await replaceNetwork(changedHosts(random, world.network, networkWorld));
        return what;
      case 'upgrade':
        version = random.pick(['0.15.2', '0.16.0', '0.17.22']);
        await replaceNetwork(networkWorld);
        return `${what} ${version}`;
      case 'hour':
        await clock.advance(random.int(1, 70) * 60 * SECOND, still);
        return what;
      default:
        break;
    }
    scan(row.accountId);
    return what;
  };

  await restart();
  await settle();
  return {
    ...{ clock, ask, change, restart, settle },
    key: () => key,
    isPartial: () => isPartial,
    close: async () => {
      await gateway?.close();
      await network.close();
      await servers.close();
    },
  };
};

/** Some hosts go, come back, or have another name. */
const changedHosts = (random: Random, all: NetworkWorld, now: NetworkWorld): NetworkWorld => {
  const here = new Map(now.hosts.map((host) => [host.id, host]));
  for (let i = random.int(1, 3); i > 0; i--) {
    const host = random.pick(all.hosts);
    if (!here.has(host.id)) here.set(host.id, host);
    else if (random.chance(0.5))
      here.set(host.id, { ...host, hostname: `host-${random.hex(3)}.example`, hidden: random.chance(0.5) });
    else here.delete(host.id);
  }
  return { ...now, hosts: all.hosts.flatMap(({ id }) => here.get(id) ?? []) };
};

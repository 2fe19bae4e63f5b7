import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { Harness } from '../../support/harness.ts';
import { listenBySocket, webSocketClient } from '../../support/listen.ts';
import { asTenant, startTwoTenants, TENANTS, type Tenant, WORLD } from './two-tenants.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async (options: Parameters<typeof startTwoTenants>[0]): Promise<Harness> => {
  const harness = await startTwoTenants(options);
  closing.push(() => harness.close());
  return harness;
};

interface ScanEvent {
  readonly data: { readonly scanUpdated: { readonly id: string; readonly status: string } };
}
interface SessionEvent {
  readonly data: { readonly discoveryUpdated: { readonly id: string; readonly phase: string } };
}

const isOf = (source: string, { id }: { readonly id: string }): boolean =>
  Buffer.from(id, 'base64url').toString().split(':')[1] === source;

it('subscriptions send a tenant events of its own sources only, whatever id it passes', async () => {
  const harness = await start({
    index: { enabled: false, directory: null },
    subscriptions: { busyPollSeconds: 0.05, idlePollSeconds: 60 },
  });
  const running = WORLD.cloud.scans.find(({ status }) => status === 'running')?.accountId ?? '';
  const client = (tenant: Tenant) => {
    const made = webSocketClient(harness.url, asTenant(tenant));
    closing.push(() => made.dispose());
    return made;
  };
  const [acme, globex] = [client('acme'), client('globex')];
  const scans = 'subscription ($account: ID) { scanUpdated(account: $account) { id status } }';
  const sessions = 'subscription { discoveryUpdated { id phase } }';
  const account = encodeGlobalId({ type: 'CloudAccount', source: 'globex-cloud', id: running });
  const open = listenBySocket<ScanEvent>(acme, scans);
  const pointed = listenBySocket<ScanEvent>(acme, scans, { account });
  const seen = listenBySocket<SessionEvent>(acme, sessions);
  const own = listenBySocket<ScanEvent>(globex, scans, { account });
  const ownSessions = listenBySocket<SessionEvent>(globex, sessions);
  const areWatched = () =>
    harness.scanorbit.every((cloud) => cloud.countOf('/scans/recent') > 2) &&
    harness.scanopy.every((network) => network.countOf('/discovery') > 0);
  await vi.waitUntil(areWatched, { timeout: 90_000 });

  harness.scanorbit[1]?.completeScan(running);
  harness.scanopy[1]?.finishDiscovery();
  await own.hears(({ data }) => data.scanUpdated.status === 'COMPLETE');
  await ownSessions.hears(({ data }) => data.discoveryUpdated.phase === 'Complete');
  harness.scanorbit[0]?.completeScan(running);
  harness.scanopy[0]?.finishDiscovery();
  // What comes last is the tenant's own, so what it heard until then is all there was to hear.
  await open.hears(({ data }) => data.scanUpdated.status === 'COMPLETE' && isOf('acme-cloud', data.scanUpdated));
  await seen.hears(({ data }) => data.discoveryUpdated.phase === 'Complete' && isOf('acme-net', data.discoveryUpdated));
  expect(open.events.filter(({ data }) => !isOf('acme-cloud', data.scanUpdated))).toEqual([]);
  expect(seen.events.filter(({ data }) => !isOf('acme-net', data.discoveryUpdated))).toEqual([]);
  expect(pointed.events).toEqual([]);
});

it('a snapshot kept on disk is never shown as another source’s, even under its file name', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'isolation-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const first = await start({ index: { enabled: true, directory } });
  await first.close();
  const files = await readdir(directory);
  expect(files.toSorted()).toEqual(
    [
      ...[...TENANTS.acme.sources, ...TENANTS.globex.sources].map((name) => `${name}.index.json.gz`),
      'history.sqlite',
    ].toSorted(),
  );
  for (const side of ['cloud', 'net'])
    await rename(join(directory, `globex-${side}.index.json.gz`), join(directory, `acme-${side}.index.json.gz`));

  const second = await start({ index: { enabled: true, directory } });
  const ids = WORLD.cloud.resources.slice(0, 5).map(({ resourceId }) => resourceId);
  const query = 'query ($any: [String!]!) { lookup(any: $any) { node { id } } }';
  const { data } = await second.query<{ lookup: { node: { id: string } }[] }>(query, { any: ids }, asTenant('acme'));
  expect(data.lookup.length).toBeGreaterThanOrEqual(5);
  const sources = data.lookup.map(({ node }) => Buffer.from(node.id, 'base64url').toString().split(':')[1]);
  expect(new Set(sources)).toEqual(new Set(['acme-cloud']));
});

it('operators’ pages name no source to those who hold no token', async () => {
  const harness = await start({ index: { enabled: false, directory: null } });
  const page = async (path: string) => {
    const response = await fetch(new URL(path, harness.url));
    return [response.status, await response.text()] as const;
  };
  const [[ready, readiness], [metrics, text]] = [await page('/readyz'), await page('/metrics')];
  expect([ready, JSON.parse(readiness)]).toEqual([200, { status: 'ready' }]);
  expect(metrics).toBe(403);
  expect(text).not.toMatch(/acme|globex/);
});

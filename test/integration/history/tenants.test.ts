import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { post, startHarness } from '../../support/harness.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const NAMES = ['all', 'network'] as const;
type Name = (typeof NAMES)[number];

const RESOURCES = 'resources(first: 1) { totalCount nodes { id resourceId } }';
const HOSTS = 'hosts(first: 1) { totalCount nodes { id } }';

interface Lists {
  readonly resources: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly resourceId: string }[];
  };
  readonly hosts: { readonly totalCount: number };
}

it('nobody sees the past of a source that does not exist for him, or exists no more, whoever has asked before', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const world = createWorld({ seed: 5, resources: 200, hosts: 150 });
  const servers = await startHarness({ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world });
  onTestFinished(() => servers.close());
  const start = async (sources: Readonly<Record<Name, readonly string[]>>): Promise<Gateway> => {
    const keys = NAMES.map((name) => ({ name, sha256: sha256(name), tenant: name }));
    const gateway = await createGateway(
      defineConfig({
        sources: servers.config.sources.map(({ apiKey, ...source }) => ({
          ...source,
          ...(apiKey && { apiKey: apiKey.reveal() }),
        })),
        auth: {
          ...{ mode: 'api-key', keys },
          tenants: { all: { sources: [...sources.all] }, network: { sources: [...sources.network] } },
        },
        ...{ index: { directory }, server: { port: 0 }, log: { level: 'silent' } },
      }),
    );
    onTestFinished(() => gateway.close());
    return gateway;
  };
  const ask = <Data>({ url }: Gateway, name: Name, query: string) => post<Data>(url, { query }, { 'x-api-key': name });

  const first = await start({ all: ['scanorbit', 'scanopy'], network: ['scanopy'] });
  const time = await vi.waitFor(
    async () => {
      const now = new Date().toISOString();
      const { data } = await ask<{ asOf: Lists | null }>(
        first,
        'all',
        `{ asOf(time: "${now}") { ${RESOURCES} ${HOSTS} } }`,
      );
      expect([data.asOf?.resources.totalCount, data.asOf?.hosts.totalCount]).toEqual([200, world.network.hosts.length]);
      return now;
    },
    { timeout: 60_000, interval: 50 },
  );
  const known = await ask<Lists>(first, 'all', `{ ${RESOURCES} ${HOSTS} }`);
  const [resource] = known.data.resources.nodes;
  const past = `asOf(time: "${time}") {
    ${RESOURCES} ${HOSTS} readings { source } node(id: "${resource?.id}") { id }
    lookup(any: ["${resource?.resourceId}"]) { node { id } }
    accounts { id } findings(first: 1) { totalCount }
  }`;
  const unseen = async (gateway: Gateway, name: Name) => {
    const { data } = await ask<{ asOf: object }>(gateway, name, `{ ${past} readings { nodes { source } } }`);
    expect(data).toMatchObject({
      asOf: {
        ...{ resources: { totalCount: 0, nodes: [] }, findings: { totalCount: 0 }, accounts: [], node: null },
        ...{ readings: [{ source: 'scanopy' }], hosts: { totalCount: world.network.hosts.length } },
      },
    });
    expect(JSON.stringify(data)).not.toContain('scanorbit');
    expect(JSON.stringify(data)).not.toContain(resource?.id);
    const diff = `{ diff(from: "${time}", around: ["${resource?.id}"], depth: 2) { vertices { id title } arrows { difference } } }`;
    expect((await ask<object>(gateway, name, diff)).data).toEqual({ diff: { vertices: [], arrows: [] } });
  };
  await unseen(first, 'network');
  await first.close();

  const later = await start({ all: ['scanopy'], network: ['scanopy'] });
  await unseen(later, 'all');
});

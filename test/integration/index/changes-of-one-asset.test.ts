import { afterEach, expect, it, vi } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { createWorld } from '#demo/world/world.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

let harness: Harness | undefined;
afterEach(() => harness?.close());

interface Hosts {
  readonly hosts: { readonly nodes: readonly { readonly id: string; readonly sourceId: string }[] };
}

interface Changes {
  readonly changes: { readonly nodes: readonly { readonly kind: string; readonly title: string }[] };
}

it('tells the changes of one asset apart from those of others, also when it is gone', async () => {
  const { network } = createWorld({ seed: 1 });
  harness = await startIndexed({ scanopy: [{ world: network }], config: { index: { refreshSeconds: 5 } } });
  const { query, scanopy } = harness;
  const { data } = await query<Hosts>('{ hosts(first: 1000) { nodes { id sourceId } } }');
  const [server] = scanopy;
  const [gone, alsoGone] = network.hosts.slice(-2);
  if (!server || !gone || !alsoGone) throw new Error('Expected a Scanopy server with hosts.');
  const asset = data.hosts.nodes.find(({ sourceId }) => sourceId === gone.id)?.id;
  await server.close();
  const later = await startScanopyDemo({
    world: { ...network, hosts: network.hosts.slice(0, -2) },
    version: '0.16.0',
    apiKey: server.apiKey,
    port: Number(new URL(server.url).port),
    rateLimit: false,
  });
  try {
    await vi.waitFor(
      async () => {
        const all = await query<Changes>('{ changes { nodes { kind title } } }');
        expect(all.data.changes.nodes).toHaveLength(2);
      },
      { timeout: 90_000, interval: 50 },
    );
    const one = await query<Changes>('query ($asset: ID!) { changes(asset: $asset) { nodes { kind title } } }', {
      asset,
    });
    expect(one.data.changes.nodes).toEqual([{ kind: 'REMOVED', title: expect.any(String) }]);
    const countOf = async (args: string) => {
      const counted = await query<{ changes: { totalCount: number } }>(`{ changes(${args}) { totalCount } }`);
      return counted.data.changes.totalCount;
    };
    expect(await countOf('kinds: [REMOVED], types: [HOST], source: "scanopy", until: "2999-01-01T00:00:00Z"')).toBe(2);
    for (const args of ['kinds: [ADDED]', 'types: [RESOURCE]', 'source: "other"', 'until: "2000-01-01T00:00:00Z"'])
      expect(await countOf(args)).toBe(0);
  } finally {
    await later.close();
  }
  const { errors } = await query('{ changes(asset: "nothing") { totalCount } }');
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

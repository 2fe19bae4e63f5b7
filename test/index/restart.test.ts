import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import type { Harness } from '../harness.ts';
import { startIndexed } from './indexed-gateway.ts';

const world = createWorld({ seed: 31, resources: 320, hosts: 160 });
const LOOKS = ['/accounts', '/scans/recent'];
const REPORT = '{ correlationReport { linksByRule { key count } } correlations { totalCount } }';

describe('a gateway that is started again', () => {
  let directory: string;
  let first: Harness;
  let second: Harness;

  const calls = (endpoint: string): number => second.scanorbit[0]?.countOf(endpoint) ?? -1;
  const records = (): number =>
    calls('/resources') + calls('/findings') + calls('/resources/{id}/dependencies') + calls('/resources/{id}');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restart-'));
    const config = { index: { enabled: true, directory, refreshSeconds: 5 } };
    // A kept picture is of one server address: both runs must meet it.
    first = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world, config });
    const ports = [...first.scanorbit, ...first.scanopy].map(({ url }) => Number(new URL(url).port));
    const apiKey = first.scanorbit[0]?.apiKey ?? '';
    await first.close();
    const [cloudPort = 0, networkPort = 0] = ports;
    second = await startIndexed({
      scanorbit: [{ movingScans: false, port: cloudPort, apiKey }],
      scanopy: [{ port: networkPort }],
      world: () => world,
      config,
    });
  });
  afterAll(async () => {
    await second.close();
    await rm(directory, { recursive: true });
  });

  it('knows everything at once, and asks the cloud source for nothing but whether a scan completed', async () => {
    const { data, errors } = await second.query<{ correlations: { totalCount: number } }>(REPORT);
    expect(errors).toBeUndefined();
    expect(data.correlations.totalCount).toBeGreaterThan(0);
    const asked = second.scanorbit[0]?.calls.map(({ endpoint }) => endpoint) ?? [];
    expect(asked.filter((endpoint) => !LOOKS.includes(endpoint))).toEqual([]);
  });

  it('reads no cloud record while no scan completes, however often it is asked, and then that account only', async () => {
    const looked = () => calls('/scans/recent');
    await vi.waitFor(
      async () => {
        await second.query(REPORT);
        expect(looked()).toBeGreaterThan(0);
      },
      { timeout: 15_000, interval: 200 },
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(records()).toBe(0);
    const account = world.cloud.accounts.find(({ status }) => status === 'ok')?.id ?? '';
    second.scanorbit[0]?.completeScan(account);
    await vi.waitFor(
      async () => {
        await second.query(REPORT);
        expect(calls('/resources')).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 500 },
    );
    const asked = second.scanorbit[0]?.calls.filter(({ endpoint }) => endpoint === '/resources') ?? [];
    expect(new Set(asked.map(({ query }) => query.awsAccountId))).toEqual(new Set([account]));
  }, 90_000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

/** Longer than any answer about scans is kept, and than the index waits between two looks. */
const A_WHILE_MS = 120_000;

const world = createWorld({ seed: 31, resources: 320, hosts: 160 });
const MAX_WAIT = { timeout: 60_000, interval: 50 };
const LOOKS = ['/accounts', '/scans/recent'];
const REPORT = '{ correlationReport { linksByRule { key count } } correlations { totalCount } }';

describe('a gateway that is started again', () => {
  const clock = skippingClock();
  let directory: string;
  let first: Harness;
  let second: Harness;

  const calls = (endpoint: string): number => second.scanorbit[0]?.countOf(endpoint) ?? -1;
  const records = (): number =>
    calls('/resources') + calls('/findings') + calls('/resources/{id}/dependencies') + calls('/resources/{id}');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restart-'));
    const config = { index: { enabled: true, directory, refreshSeconds: 60 } };
    // A kept snapshot is of one server address: both runs must meet it.
    first = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world, config });
    const ports = [...first.scanorbit, ...first.scanopy].map(({ url }) => Number(new URL(url).port));
    const apiKey = first.scanorbit[0]?.apiKey ?? '';
    await first.close();
    const [cloudPort = 0, networkPort = 0] = ports;
    // Asked as soon as it listens.
    second = await startHarness({
      scanorbit: [{ movingScans: false, port: cloudPort, apiKey }],
      scanopy: [{ port: networkPort }],
      world: () => world,
      config,
      deps: { clock },
    });
  });
  afterAll(async () => {
    await second.close();
    await rm(directory, { recursive: true });
  });

  it('has everything at once, and requests from the cloud source only whether a scan completed', async () => {
    const { data, errors } = await second.query<{ correlations: { totalCount: number } }>(REPORT);
    expect(errors).toBeUndefined();
    expect(data.correlations.totalCount).toBeGreaterThan(0);
    const asked = second.scanorbit[0]?.calls.map(({ endpoint }) => endpoint) ?? [];
    expect(asked.filter((endpoint) => !LOOKS.includes(endpoint))).toEqual([]);
  });

  it('reads no cloud record while no scan completes, however many queries come, and then that account only', async () => {
    const status = () => second.gateway.sources.all.cloud[0]?.index?.status();
    /** When the index began its last look, once that has ended. */
    const lookedAt = (): string | null => {
      const { startedAt = null, completedAt = null } = status() ?? {};
      return startedAt !== null && completedAt !== null && completedAt >= startedAt ? startedAt : null;
    };
    const looksAgain = async (): Promise<void> => {
      const [before, asked] = [lookedAt(), calls('/scans/recent')];
      clock.skip(A_WHILE_MS);
      await vi.waitFor(async () => {
        await second.query(REPORT);
        expect([null, before]).not.toContain(lookedAt());
      }, MAX_WAIT);
      expect(calls('/scans/recent')).toBeGreaterThan(asked);
    };
    for (let i = 0; i < 3; i += 1) await looksAgain();
    expect(records()).toBe(0);
    const account = world.cloud.accounts.find(({ status }) => status === 'ok')?.id ?? '';
    second.scanorbit[0]?.completeScan(account);
    await looksAgain();
    expect(calls('/resources')).toBeGreaterThan(0);
    const asked = second.scanorbit[0]?.calls.filter(({ endpoint }) => endpoint === '/resources') ?? [];
    expect(new Set(asked.map(({ query }) => query.awsAccountId))).toEqual(new Set([account]));
  });
});

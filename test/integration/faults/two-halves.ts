import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';
import { skippingClock } from '../../support/skipping-clock.ts';
import type { FaultCase } from './cases.ts';

export const HALVES = ['scanorbit', 'scanopy'] as const;
export type Half = (typeof HALVES)[number];

/** Of every operation, by the clock that the tests move. */
export const DEADLINE_MS = 60_000;

/** Longer than a busy machine takes for an answer, and over before the deadline. */
const TIMEOUTS = { headersMs: 20_000, bodyMs: 20_000, callMs: 40_000 };

const world = createWorld({ seed: 11, hosts: 200 });

const FIELDS: Readonly<Record<Half, string>> = {
  scanorbit: 'scanorbit: resources(first: 5) { totalCount nodes { id name region } }',
  scanopy: 'scanopy: hosts(first: 5) { totalCount nodes { id name } }',
};

export type Data = Readonly<Record<Half, { readonly totalCount: number } | null>>;

export interface TwoHalves {
  /** One operation over both halves. `fresh`: cached answers only where asking fails. */
  ask(options?: { readonly fresh?: boolean }): Promise<Answer<Data>>;
  spoil(half: Half, fault: FaultCase): Promise<void>;
  repair(half: Half): Promise<void>;
  /** How many requests have reached that half since it started or was spoiled. */
  callsTo(half: Half): number;
  skip(ms: number): void;
  /** What may never be seen outside. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

let started = 0;
/** A port that nothing listens on any more is soon given to somebody else: on Linux every gateway gets a loopback address for its upstreams. */
const ownAddress = (): string =>
  process.platform === 'linux' ? `127.0.${process.pid % 256}.${2 + (started++ % 250)}` : '127.0.0.1';

/** A gateway over one small company. */
export const startTwoHalves = async (): Promise<TwoHalves> => {
  const clock = skippingClock();
  const host = ownAddress();
  const harness = await startHarness({
    scanorbit: [{ timeouts: TIMEOUTS, host }],
    scanopy: [{ timeouts: TIMEOUTS, host }],
    config: { limits: { operationTimeoutMs: DEADLINE_MS } },
    deps: { clock },
    world: () => world,
  });
  const again: { close(): Promise<void> }[] = [];
  let isDown = false;
  return {
    ask: ({ fresh = false } = {}) =>
      harness.query<Data>(
        `{ ${HALVES.map((half) => FIELDS[half]).join(' ')} }`,
        {},
        fresh ? { 'cache-control': 'no-cache' } : {},
      ),
    callsTo: (half) => demoOf(harness, half).countOf(),
    skip: (ms) => clock.skip(ms),
    spoil: async (half, { fault }) => {
      harness.resetUpstreamCalls();
      if (fault) return demoOf(harness, half).faults.add(fault);
      isDown = true;
      await demoOf(harness, half).close();
    },
    repair: async (half) => {
      demoOf(harness, half).faults.clear();
      if (isDown) again.push(await restart(harness, half));
      isDown = false;
    },
    secrets: HALVES.map((half) => demoOf(harness, half).apiKey),
    close: async () => {
      await harness.close();
      await Promise.all(again.map((demo) => demo.close()));
    },
  };
};

const demoOf = (harness: Harness, half: Half): ScanOrbitDemo | ScanopyDemo => {
  const [demo] = harness[half];
  if (!demo) throw new Error(`No demo of ${half} runs`);
  return demo;
};

/** The same server, where it was. */
const restart = (harness: Harness, half: Half): Promise<{ close(): Promise<void> }> => {
  const { url, apiKey } = demoOf(harness, half);
  const { hostname: host, port } = new URL(url);
  const options = { host, port: Number(port), apiKey, rateLimit: false as const };
  return half === 'scanorbit'
    ? startScanOrbitDemo({ ...options, world: world.cloud, edition: 'observed' })
    : startScanopyDemo({ ...options, world: world.network, version: '0.16.0' });
};

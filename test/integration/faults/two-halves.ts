import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';
import type { FaultCase } from './cases.ts';

export const HALVES = ['scanorbit', 'scanopy'] as const;
export type Half = (typeof HALVES)[number];

export interface CallTimeouts {
  /** Of every operation. */
  readonly deadlineMs: number;
  readonly timeouts: { readonly headersMs: number; readonly bodyMs: number; readonly callMs: number };
}

/** Short, so that what never ends is given up soon. */
export const SHORT: CallTimeouts = { deadlineMs: 5_000, timeouts: { headersMs: 1_000, bodyMs: 1_000, callMs: 2_500 } };

/** For faults that are slow to deliver and must not be mistaken for a timeout. */
export const LONG: CallTimeouts = {
  deadlineMs: 30_000,
  timeouts: { headersMs: 10_000, bodyMs: 10_000, callMs: 20_000 },
};

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
  /** What may never be seen outside. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** A gateway over one small company. */
export const startTwoHalves = async ({ deadlineMs, timeouts }: CallTimeouts): Promise<TwoHalves> => {
  const harness = await startHarness({
    scanorbit: [{ timeouts }],
    scanopy: [{ timeouts }],
    config: { limits: { operationTimeoutMs: deadlineMs } },
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
    spoil: async (half, { fault }) => {
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
  const options = { port: Number(new URL(url).port), apiKey, rateLimit: false as const };
  return half === 'scanorbit'
    ? startScanOrbitDemo({ ...options, world: world.cloud, edition: 'observed' })
    : startScanopyDemo({ ...options, world: world.network, version: '0.16.0' });
};

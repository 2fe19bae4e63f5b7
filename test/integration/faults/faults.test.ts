import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_SECRET } from '#demo/scanopy/demo-secrets.ts';
import type { Answer } from '../../support/harness.ts';
import { FAULT_CASES, type FaultCase } from './cases.ts';
import { type Data, DEADLINE_MS, HALVES, type Half, startTwoHalves, type TwoHalves } from './two-halves.ts';

const CACHES = ['cold', 'warm'] as const;

const table = FAULT_CASES.flatMap((fault) =>
  HALVES.flatMap((half) => CACHES.map((cache) => ({ fault, half, cache, title: `${fault.name}, ${half}, ${cache}` }))),
);

type Row = (typeof table)[number];

/** What the halves answer without faults, and in how many requests when read anew. */
interface Healthy {
  readonly data: Data;
  readonly calls: Readonly<Record<(typeof CACHES)[number], Readonly<Record<Half, number>>>>;
}

/** Words of upstreams' failures and of our own insides. */
const INSIDES = [
  ...Object.values(DEMO_SECRET).filter((text) => typeof text === 'string'),
  /database error|HTTP\d{3}Error|InternalServerError|pool timed out|Session expired|Invalid API key/i,
  /Service (temporarily )?unavailable|<!doctype|node_modules|\.ts:\d|\/src\/|ECONNREFUSED|127\.0\.0\.1/i,
];

const other = (half: Half): Half => (half === 'scanorbit' ? 'scanopy' : 'scanorbit');

const STEP_MS = 1_000;

/** The answer to an operation under a fault. Where that takes time, the clock is moved ahead once the other half has its requests. */
const answerUnder = async ({ fault, half, cache }: Row, halves: TwoHalves, healthy: Healthy): Promise<Answer<Data>> => {
  let isAnswered = false;
  const answer = halves.ask({ fresh: true }).finally(() => {
    isAnswered = true;
  });
  for (let passed = 0; fault.takesTime && !isAnswered && passed <= DEADLINE_MS; await delay(10)) {
    if (halves.callsTo(other(half)) < healthy.calls[cache][other(half)]) continue;
    halves.skip(STEP_MS);
    passed += STEP_MS;
  }
  return answer;
};

const expectNothingLeaked = (answer: Answer<Data>, halves: TwoHalves): void => {
  const text = JSON.stringify({ errors: answer.errors, extensions: answer.extensions });
  for (const secret of halves.secrets) expect(text).not.toContain(secret);
  for (const inside of INSIDES) {
    if (typeof inside === 'string') expect(text).not.toContain(inside);
    else expect(text).not.toMatch(inside);
  }
};

const expectTypedFailure = ({ data, errors }: Answer<Data>, half: Half, { code }: FaultCase): void => {
  expect(data[half]).toBeNull();
  expect(errors?.map((error) => [error.path?.[0], error.extensions.code, error.extensions.source])).toEqual([
    [half, code, half],
  ]);
  if (code === 'UPSTREAM_RATE_LIMITED') expect(errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThanOrEqual(1);
};

const expectStale = ({ data, errors, extensions }: Answer<Data>, healthy: Data): void => {
  expect(errors).toBeUndefined();
  expect(data).toEqual(healthy);
  expect(extensions.cost).toMatchObject({ oldestStaleSeconds: expect.toSatisfy((age: number) => age >= 1) });
};

/** A source that failed is left alone for a while. */
const PAUSE_MS = 10_000;

const expectRecovery = async (halves: TwoHalves, healthy: Data): Promise<void> => {
  for (let pauses = 0; ; pauses += 1) {
    const { data, errors } = await halves.ask({ fresh: true });
    if (!errors) return expect(data).toEqual(healthy);
    if (pauses === 6) expect(errors).toBeUndefined();
    halves.skip(PAUSE_MS);
  }
};

const run = async (row: Row, healthy: Healthy): Promise<void> => {
  const { fault, half, cache } = row;
  const halves = await startTwoHalves();
  try {
    if (cache === 'warm') expect((await halves.ask()).errors).toBeUndefined();
    halves.skip(STEP_MS);
    await halves.spoil(half, fault);
    const answer = await answerUnder(row, halves, healthy);
    await halves.repair(half);

    expect(answer.status).toBe(200);
    expect(answer.data[other(half)]).toEqual(healthy.data[other(half)]);
    expectNothingLeaked(answer, halves);
    if (cache === 'warm' && fault.allowsStale) expectStale(answer, healthy.data);
    else expectTypedFailure(answer, half, fault);
    await expectRecovery(halves, healthy.data);
  } finally {
    await halves.close();
  }
};

const readHealthy = async (): Promise<Healthy> => {
  const halves = await startTwoHalves();
  const callsNow = () => ({ scanorbit: halves.callsTo('scanorbit'), scanopy: halves.callsTo('scanopy') });
  const { data } = await halves.ask({ fresh: true });
  const cold = callsNow();
  await halves.ask({ fresh: true });
  const both = callsNow();
  await halves.close();
  const warm = { scanorbit: both.scanorbit - cold.scanorbit, scanopy: both.scanopy - cold.scanopy };
  return { data, calls: { cold, warm } };
};

describe(`${FAULT_CASES.length} faults × ${HALVES.length} sources × ${CACHES.length} caches = ${table.length} cases: typed or stale, in time, nothing leaked, the other half untouched, well again after`, () => {
  let healthy: Healthy;
  beforeAll(async () => {
    healthy = await readHealthy();
  });
  const light = table.filter(({ fault }) => !fault.isHeavy);
  const heavy = table.filter(({ fault }) => fault.isHeavy);

  it.concurrent.for(light)('$title', (row) => run(row, healthy));
  it.for(heavy)('$title', (row) => run(row, healthy));
});

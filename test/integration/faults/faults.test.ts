import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_SECRET } from '#demo/scanopy/demo-secrets.ts';
import type { Answer } from '../../support/harness.ts';
import { FAULT_CASES, type FaultCase } from './cases.ts';
import {
  type CallTimeouts,
  type Data,
  HALVES,
  type Half,
  LONG,
  SHORT,
  startTwoHalves,
  type TwoHalves,
} from './two-halves.ts';

const CACHES = ['cold', 'warm'] as const;

/** Far more than a busy machine needs past the deadline, far less than for ever. */
const GRACE_MS = 5_000;

const table = FAULT_CASES.flatMap((fault) =>
  HALVES.flatMap((half) => CACHES.map((cache) => ({ fault, half, cache, title: `${fault.name}, ${half}, ${cache}` }))),
);

/** Words of upstreams' failures and of our own insides. */
const INSIDES = [
  ...Object.values(DEMO_SECRET).filter((text) => typeof text === 'string'),
  /database error|HTTP\d{3}Error|InternalServerError|pool timed out|Session expired|Invalid API key/i,
  /Service (temporarily )?unavailable|<!doctype|node_modules|\.ts:\d|\/src\/|ECONNREFUSED|127\.0\.0\.1/i,
];

const other = (half: Half): Half => (half === 'scanorbit' ? 'scanopy' : 'scanorbit');

/** The answer, if it comes by the deadline. */
const inTime = <T>({ deadlineMs }: CallTimeouts, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    delay(deadlineMs + GRACE_MS, undefined, { ref: false }).then(() => {
      throw new Error('The operation hangs past its deadline');
    }),
  ]);

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

const expectRecovery = async (halves: TwoHalves, callTimeouts: CallTimeouts, healthy: Data): Promise<void> => {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const { data, errors } = await inTime(callTimeouts, halves.ask({ fresh: true }));
    if (!errors) return expect(data).toEqual(healthy);
    if (Date.now() > giveUpAt) expect(errors).toBeUndefined();
    await delay(200);
  }
};

const run = async ({ fault, half, cache }: (typeof table)[number], healthy: Data): Promise<void> => {
  const callTimeouts = fault.isHeavy ? LONG : SHORT;
  const halves = await startTwoHalves(callTimeouts);
  try {
    if (cache === 'warm') expect((await halves.ask()).errors).toBeUndefined();
    await halves.spoil(half, fault);
    const answer = await inTime(callTimeouts, halves.ask({ fresh: true }));
    await halves.repair(half);

    expect(answer.status).toBe(200);
    expect(answer.data[other(half)]).toEqual(healthy[other(half)]);
    expectNothingLeaked(answer, halves);
    if (cache === 'warm' && fault.allowsStale) expectStale(answer, healthy);
    else expectTypedFailure(answer, half, fault);
    await expectRecovery(halves, callTimeouts, healthy);
  } finally {
    await halves.close();
  }
};

const healthyAnswer = async (): Promise<Data> => {
  const halves = await startTwoHalves(LONG);
  const { data } = await halves.ask();
  await halves.close();
  return data;
};

describe(`${FAULT_CASES.length} faults × ${HALVES.length} sources × ${CACHES.length} caches = ${table.length} cases: typed or stale, in time, nothing leaked, the other half untouched, well again after`, () => {
  let healthy: Data;
  beforeAll(async () => {
    healthy = await healthyAnswer();
  });
  const light = table.filter(({ fault }) => !fault.isHeavy);
  const heavy = table.filter(({ fault }) => fault.isHeavy);

  it.concurrent.for(light)('$title', { timeout: 60_000 }, (row) => run(row, healthy));
  it.for(heavy)('$title', { timeout: 90_000 }, (row) => run(row, healthy));
});

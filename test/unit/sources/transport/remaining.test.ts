import { expect, test } from 'vitest';
import type { Allowance, BudgetOptions } from '#sources/transport/budget/allowance.ts';
import { createLocalAllowance } from '#sources/transport/budget/local-allowance.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const WINDOW: BudgetOptions = { rate: { kind: 'fixedWindow', limit: 100, windowSeconds: 60 } };
const BUCKET: BudgetOptions = { rate: { kind: 'tokenBucket', perSecond: 5, burst: 150 } };

const take = async (allowance: Allowance) => (await allowance.take(0)).ticket;

/** Takes all there is. */
const drain = async (allowance: Allowance): Promise<number> => {
  let taken = 0;
  while (await take(allowance)) taken += 1;
  return taken;
};

test.each([
  ['a window', WINDOW, 90],
  ['a bucket', BUCKET, 130],
])('what remains of %s is what can be sent now, the reserve left out', async (_, options, most) => {
  const clock = new FakeClock();
  const allowance = createLocalAllowance(options, clock);
  expect(allowance.status()).toMatchObject({ remaining: most, resetAt: null });
  await take(allowance);
  const { remaining } = allowance.status();
  expect(remaining).toBe(most - 1);
  expect(await drain(allowance)).toBe(remaining);
  expect(allowance.status().remaining).toBe(0);
  await clock.advance(3_600_000);
  expect(allowance.status().remaining).toBe(most);
});

test('what others were granted and what is under way is not there to be sent', async () => {
  const clock = new FakeClock();
  const allowance = createLocalAllowance(WINDOW, clock);
  const ticket = await take(allowance);
  if (!ticket) throw new Error('Expected a grant.');
  const headers = {
    date: new Date(clock.now()).toUTCString(),
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '25',
    'x-ratelimit-reset': String(clock.now() / 1000 + 60),
  };
  allowance.settle(ticket, { kind: 'answered', headers, receivedAt: clock.now() });
  await take(allowance);
  expect(allowance.status().remaining).toBe(14);
  expect(await drain(allowance)).toBe(14);
});

test.each([
  ['a window', WINDOW],
  ['a bucket', BUCKET],
])('nothing remains of %s while a 429 asks to wait, and it is whole no earlier', async (_, options) => {
  const clock = new FakeClock();
  const allowance = createLocalAllowance(options, clock);
  const until = clock.now() + 120_000;
  allowance.pause(until);
  await clock.advance(119_000);
  expect(allowance.status()).toMatchObject({ remaining: 0, resetAt: until });
  expect(await drain(allowance)).toBe(0);
});

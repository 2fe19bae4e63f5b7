import { afterEach, expect, it, vi } from 'vitest';
import { changeCount, changesSoFar, noteChange } from '#lib/change-count.ts';
import { EVERYONE } from '#server/auth/create-authenticator.ts';
import { RateLimiter } from '#server/plugins/use-rate-limit.ts';
import { LEASE_HEADER, LEASE_MS, LONGEST_REPEATED, leaseFrom, leaseText } from '#server/threads/lease.ts';
import { Leases } from '#server/threads/leases.ts';
import { Repeater } from '#server/threads/repeater.ts';

const NOW = 1_000_000;
let now = NOW;
const clock = { now: () => now, after: () => () => {} };
const asking = { headers: { [LEASE_HEADER]: 'please' } } as never;
const answer = { freshUntil: NOW + 60_000, body: Buffer.from('{}') };
const granted = (text: string | null) => (text === null ? null : leaseFrom(text));

afterEach(() => vi.useRealTimers());

it('grants no lease to who asks for none, or of an answer that is too long to be repeated', () => {
  const leases = new Leases(clock, () => {});
  expect(leases.grant({ headers: {} } as never, answer, EVERYONE, null)).toBeNull();
  const long = { ...answer, body: Buffer.alloc(LONGEST_REPEATED + 1) };
  expect(leases.grant(asking, long, EVERYONE, null)).toBeNull();
});

it('grants until the answer or the credential is too old, and for a tenth of a second at most, by the clock of the machine', () => {
  vi.useFakeTimers({ now: NOW + 5_000_000, toFake: ['Date'] });
  const leases = new Leases(clock, () => {});
  const until = (freshUntil: number, expiresAt?: number) =>
    granted(leases.grant(asking, { ...answer, freshUntil }, { ...EVERYONE, ...(expiresAt && { expiresAt }) }, null))
      ?.until;
  expect(until(NOW + 60_000)).toBe(Date.now() + LEASE_MS);
  expect(until(NOW + 5)).toBe(Date.now() + 5);
  expect(until(NOW + 60_000, NOW + 7)).toBe(Date.now() + 7);
});

it('takes operations from the caller in advance, a tenth of what is left, and gives back what was not used', () => {
  const limiter = new RateLimiter({ operations: 100, windowSeconds: 60 }, () => NOW);
  const seen: number[] = [];
  const leases = new Leases(clock, (seconds) => seen.push(seconds));
  const lease = granted(leases.grant(asking, answer, EVERYONE, limiter));
  expect(lease?.operations).toBe(10);
  leases.end({ id: lease?.id ?? 0, seconds: [0.1, 0.2] });
  leases.end({ id: lease?.id ?? 0, seconds: [0.3] });
  expect(seen).toEqual([0.1, 0.2]);
  const caller = JSON.stringify([EVERYONE.tenant, EVERYONE.id]);
  let left = 0;
  while (limiter.take(caller) === null) left += 1;
  expect(left).toBe(98);
  expect(leases.grant(asking, answer, EVERYONE, limiter)).toBeNull();
});

it('gives back what a lease took of which nobody has said that it ended', () => {
  const limiter = new RateLimiter({ operations: 100, windowSeconds: 1e9 }, () => now);
  const leases = new Leases(clock, () => {});
  const lost = granted(leases.grant(asking, answer, EVERYONE, limiter));
  now += 60_000;
  const next = granted(leases.grant(asking, answer, EVERYONE, limiter));
  now = NOW;
  expect([lost?.operations, next?.operations]).toEqual([10, 10]);
});

it('comes back from its text as it was', () => {
  const lease = { id: 7, changes: -2_147_483_648, until: 1_795_000_000_123, operations: 10_000 };
  expect(leaseFrom(leaseText(lease))).toEqual(lease);
});

const made = { headers: [], body: Buffer.from('{}') };
const leaseWith = (given: object = {}) => ({
  ...{ id: 1, changes: changesSoFar(), until: Date.now() + 60_000, operations: 2 },
  ...given,
});

it('reports a lease as unused whose answer did not arrive', () => {
  const repeater = new Repeater(changeCount);
  repeater.keep('one', leaseWith(), null);
  expect(repeater.find('one', performance.now())).toBeNull();
  expect(repeater.takeEnded()).toEqual([{ id: 1, seconds: [] }]);
});

it('repeats as often as granted, and reports how often', () => {
  const repeater = new Repeater(changeCount);
  repeater.keep('one', leaseWith(), made);
  expect([1, 2, 3].map(() => repeater.find('one', performance.now()) !== null)).toEqual([true, true, false]);
  expect(repeater.find('other', performance.now())).toBeNull();
  expect(repeater.takeEnded().map(({ id, seconds }) => [id, seconds.length])).toEqual([[1, 2]]);
  expect(repeater.takeEnded()).toEqual([]);
});

it.each([
  ['anything has changed since', {}, noteChange],
  ['its time is over', { until: Date.now() - 1 }, () => {}],
])('repeats nothing once %s', (_, lease, then) => {
  const repeater = new Repeater(changeCount);
  repeater.keep('one', leaseWith(lease), made);
  then();
  expect(repeater.takeEnded()).toEqual([{ id: 1, seconds: [] }]);
  expect(repeater.find('one', performance.now())).toBeNull();
});

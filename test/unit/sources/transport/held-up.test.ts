import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { FakeClock, settled } from '../../../support/fake-clock.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

const CACHED = { freshMs: 60_000, staleMs: 0 };
const WINDOW = (limit: number) => ({ rate: { kind: 'fixedWindow', limit, windowSeconds: 60 } as const, reserve: 0 });

const arrange = (baseUrl: string, limit: number, concurrency = 8) => {
  const clock = new FakeClock();
  const transport = transportTo(baseUrl, { clock, concurrency, budget: WINDOW(limit) });
  const forIndex = (path: string) =>
    transport.request(
      get(path, CACHED),
      scopeOf({ operation: 'index', priority: 'index', deadlineAt: clock.now() + 600_000 }),
    );
  const forPerson = (path: string) =>
    transport.request(get(path, CACHED), scopeOf({ deadlineAt: clock.now() + 10_000 }));
  const queued = async (calls: number) => {
    while (transport.status().budget.queued !== calls) await settled();
  };
  return { clock, forIndex, forPerson, queued };
};

describe('a call of the index that waits for leftovers', () => {
  test('is sent at once when an interactive operation needs the same: no time passes', async () => {
    const upstream = await httpUpstream((_, response) => json(response, {}));
    const { forIndex, forPerson, queued } = arrange(upstream.baseUrl, 10);
    await Promise.all(['/1', '/2', '/3', '/4', '/5'].map(forIndex));
    const ofIndex = forIndex('/shared');
    await queued(1);
    await forPerson('/shared');
    await ofIndex;
    expect(upstream.seen).toHaveLength(6);
  });

  test('goes on waiting when the interactive operations that joined it cannot wait: they fail at once', async () => {
    const held: ServerResponse[] = [];
    const upstream = await httpUpstream((_, response) => held.push(response));
    const { clock, forIndex, forPerson, queued } = arrange(upstream.baseUrl, 100, 1);
    const busy = failureOf(forPerson('/busy'));
    while (held.length === 0) await settled();
    const ofIndex = forIndex('/shared');
    await queued(1);
    const persons = Array.from({ length: 3 }, () => failureOf(forPerson('/shared')));
    await settled();
    held[0] && json(held[0], {}, 429, { 'retry-after': '30' });
    for (const error of await Promise.all([...persons, busy])) expect(error.code).toBe('UPSTREAM_RATE_LIMITED');
    await queued(1);
    await clock.advance(31_000);
    while (held.length < 2) await settled();
    held[1] && json(held[1], {});
    await ofIndex;
  });
});

test('a burst of 400 operations during an index build is answered or refused at once, as without one: no time passes', async () => {
  const start = new FakeClock().now();
  const upstream = await httpUpstream((_, response, before) =>
    json(response, {}, 200, {
      date: new Date(start).toUTCString(),
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': String(99 - before),
      'x-ratelimit-reset': String(start / 1000 + 60),
    }),
  );
  const { forIndex, forPerson, queued } = arrange(upstream.baseUrl, 100);
  const ofIndex = ['/scans', ...Array.from({ length: 99 }, (_, i) => `/page-${i}`)].toReversed().map(forIndex);
  for (const call of ofIndex) call.catch(() => undefined);
  await queued(51);
  await Promise.all(ofIndex.slice(0, 49));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 400 }, async (_, i) => {
      // As for the version of the data, which is requested first, and whose failure is no reason to give up.
      await forPerson('/scans').catch(() => undefined);
      await forPerson(`/operation-${i}`);
    }),
  );
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  // All but what the index had, and the one question they share, was theirs.
  expect(refused).toHaveLength(400 - (upstream.seen.length - 49 - 1));
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
  expect(upstream.seen.length).toBeGreaterThan(95);
  expect(upstream.seen.length).toBeLessThanOrEqual(100);
});

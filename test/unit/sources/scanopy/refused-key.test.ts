import { describe, expect, onTestFinished, test } from 'vitest';
import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { createWorld } from '#demo/world/world.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import { createScanopyClient } from '#sources/scanopy/create-client.ts';
import { keyRefusal } from '#sources/scanopy/index.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failureOf, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { hostPage } from './listed.ts';

const KEY = `scp_u_${'0'.repeat(32)}`;
const { network } = createWorld({ seed: 1 });
const MINUTE = 60_000;

interface Arranged {
  readonly clock: FakeClock;
  readonly demo: ScanopyDemo;
  readonly client: NetworkClient;
  readonly scope: () => Scope;
}

/** A client and a server with its real limits, by one clock. */
const arrange = async (sent = KEY): Promise<Arranged> => {
  const clock = new FakeClock();
  const demo = await startScanopyDemo({ world: network, version: '0.16.0', apiKey: KEY, clock: () => clock.now() });
  onTestFinished(() => demo.close());
  const transport = transportTo(demo.url, {
    source: 'net',
    clock,
    headers: { authorization: `Bearer ${sent}` },
    budget: { rate: { kind: 'tokenBucket', perSecond: 5, burst: 150 } },
    keyRefusal,
  });
  const scope = () => scopeOf({ deadlineAt: clock.now() + 10_000, bypassCache: true });
  return { clock, demo, client: createScanopyClient({ transport }), scope };
};

describe('a key that the server refuses', () => {
  test('ten minutes of queries with a disabled key cost at most 30 requests and no 429; enabled again, it is found out', async () => {
    const { clock, demo, client, scope } = await arrange();
    await client.networks(scope());
    demo.setKeyState('disabled');
    demo.resetCalls();
    for (const end = clock.now() + 10 * MINUTE; clock.now() < end; await clock.advance(1_000)) {
      const asked = await Promise.allSettled([
        client.networks(scope()),
        client.tags(scope()),
        hostPage(client, {}, 0, scope()),
        client.discoveryById(network.discoveries[0]?.id ?? '', scope()),
        client.sessionStream(scope()),
      ]);
      for (const outcome of asked) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_UNAUTHORIZED' } });
      }
      expect(client.status()).toMatchObject({ health: 'UNAUTHORIZED', lastError: expect.stringContaining('disabled') });
    }
    expect(demo.countOf()).toBeLessThanOrEqual(30);
    expect(demo.countOf()).toBeGreaterThan(5);
    expect(demo.calls.filter(({ status }) => status === 429)).toEqual([]);

    demo.setKeyState('active');
    await clock.advance(MINUTE);
    expect((await client.networks(scope())).length).toBeGreaterThan(0);
    expect((await client.tags(scope())).length).toBeGreaterThan(0);
    expect(client.status()).toMatchObject({ health: 'OK', lastError: null });
  });

  test('an answer that is given without a key says nothing about the key', async () => {
    const { clock, demo, client, scope } = await arrange();
    demo.setKeyState('expired');
    await client.version(scope());
    expect(client.status().health).toBe('OK');
    await failureOf(client.networks(scope()));
    await clock.advance(MINUTE);
    await client.version(scope());
    expect(client.status()).toMatchObject({ health: 'UNAUTHORIZED', lastError: expect.stringContaining('expired') });
  });

  test.each([
    ['disabled', /key is disabled/],
    ['expired', /key has expired/],
    ['deleted', /refused its credential/],
  ] as const)('that is %s: one discovery by its id is an error with the reason, not null', async (state, reason) => {
    const { demo, client, scope } = await arrange();
    demo.setKeyState(state);
    const error = await failureOf(client.discoveryById(network.discoveries[0]?.id ?? '', scope()));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', details: { source: 'net', retryAfterSeconds: 5 } });
    expect(error.message).toMatch(reason);
    expect(client.status()).toMatchObject({ health: 'UNAUTHORIZED', lastError: error.message });
  });

  test('that is a daemon’s, and no user’s: one discovery by its id is an error, not null, and the key is not tried on', async () => {
    const { demo, client, scope } = await arrange(`scp_d_${'0'.repeat(32)}`);
    const error = await failureOf(client.discoveryById(network.discoveries[0]?.id ?? '', scope()));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', details: { source: 'net', retryAfterSeconds: 5 } });
    expect(error.message).toMatch(/key is of another kind/);
    expect(client.status()).toMatchObject({ health: 'UNAUTHORIZED', lastError: error.message });
    const sent = demo.countOf();
    await failureOf(client.networks(scope()));
    expect(demo.countOf()).toBe(sent);
  });
});

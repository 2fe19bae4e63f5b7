import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startGatewayProcesses } from '../support/replicas/gateway-processes.ts';
import { load, windowsOf } from '../support/replicas/load.ts';
import { startRedis } from '../support/replicas/redis-server.ts';
import { needs } from '../support/tools.ts';

const WINDOW_SECONDS = 5;
const LIMIT = 60;

interface Readiness {
  readonly status: string;
  readonly replicas: { readonly mode: string; readonly live: number };
}

describe('four gateway processes on one Redis', needs('Redis'), () => {
  test('stay within one upstream limit under load, also when one is killed, then Redis, and when Redis is back', async () => {
    const redis = await startRedis();
    const processes = await startGatewayProcesses({
      redis,
      count: 4,
      limit: LIMIT,
      windowSeconds: WINDOW_SECONDS,
      index: false,
    });
    const { upstream, urls, runs } = processes;
    const readiness = async (): Promise<Readiness> =>
      (await fetch(new URL('/readyz', urls[0]))).json() as Promise<Readiness>;
    const ended = new AbortController();
    try {
      const { tallies, done } = load(processes, 6, ended.signal);
      const callsAt = () => upstream.countOf();

      await delay(11_000);
      expect(await readiness()).toMatchObject({ status: 'ready', replicas: { mode: 'shared', live: 4 } });
      expect(callsAt()).toBeGreaterThan(LIMIT);

      runs[3]?.process.kill('SIGKILL');
      await delay(6_000);
      const beforeLoss = callsAt();
      await redis.kill();
      await delay(13_000);
      expect(await readiness()).toMatchObject({ status: 'degraded', replicas: { mode: 'alone' } });
      const alone = callsAt();
      expect(alone).toBeGreaterThan(beforeLoss);

      await redis.restart();
      await delay(9_000);
      expect(await readiness()).toMatchObject({ status: 'ready', replicas: { mode: 'shared', live: 3 } });
      expect(callsAt()).toBeGreaterThan(alone);

      ended.abort();
      await done;
      expect(upstream.calls.filter(({ status }) => status === 429)).toEqual([]);
      expect(Math.max(...windowsOf(upstream.calls, WINDOW_SECONDS * 1000))).toBeLessThanOrEqual(LIMIT);
      expect(Math.min(...tallies.map(({ answered }) => answered))).toBeGreaterThan(0);
      const codes = new Set(tallies.flatMap(({ errors }) => [...errors.keys()]));
      // A turn may come so late that the answer misses its deadline; nothing else is excused.
      expect([...codes].filter((code) => !/^UPSTREAM_(RATE_LIMITED|TIMEOUT)\b/.test(code))).toEqual([]);
      expect(tallies.slice(0, 3).map(({ unreachable }) => unreachable)).toEqual([0, 0, 0]);
      for (const run of runs) expect(run.stdout() + run.stderr()).not.toMatch(/unhandled/i);
    } finally {
      ended.abort();
      await processes.close();
      await redis.kill();
    }
  }, 120_000);
});

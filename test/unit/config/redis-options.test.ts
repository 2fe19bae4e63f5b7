import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { loadConfig } from '#sources/kinds.ts';

const ONE_SOURCE = {
  SCANORBIT_URL: 'https://orbit.example.com/api/v1',
  SCANORBIT_API_KEY: `sk_live_${'0'.repeat(64)}`,
};
const PASSWORD = 'not-to-be-told';

describe('the meeting place of replicas', () => {
  it('is nowhere unless named', () => {
    expect(loadConfig(ONE_SOURCE).redis).toEqual({ url: null, keyPrefix: 'inventory' });
  });

  it('comes from REDIS_URL and INVENTORY_REPLICAS, and keeps its password', () => {
    const { redis } = loadConfig({
      ...ONE_SOURCE,
      REDIS_URL: `rediss://user:${PASSWORD}@redis.example.com:6380/1`,
      INVENTORY_REPLICAS: '4',
    });
    expect(redis.url?.reveal()).toContain(PASSWORD);
    expect(redis.replicas).toBe(4);
    expect(JSON.stringify(redis) + inspect(redis)).not.toContain(PASSWORD);
  });

  it('names the variable when it is no Redis URL, and still keeps the password', () => {
    const refused = (() => {
      try {
        loadConfig({ ...ONE_SOURCE, REDIS_URL: `http://:${PASSWORD}@redis.example.com` });
      } catch (error) {
        if (error instanceof ConfigError) return error;
      }
      throw new Error('The configuration was accepted.');
    })();
    expect(refused.problems.map(({ path }) => path)).toEqual(['REDIS_URL']);
    expect(refused.message).toContain('redis://');
    expect(refused.message).not.toContain(PASSWORD);
  });
});

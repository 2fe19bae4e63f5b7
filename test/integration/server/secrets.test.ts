import { describe, expect, it } from 'vitest';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import { startHarness } from '../../support/harness.ts';

const KEY = `sk_live_${'7'.repeat(64)}`;

describe('logs', () => {
  const config = defineConfig({
    sources: [{ name: 'emea', kind: 'scanorbit', url: 'https://a.example.com/api/v1', apiKey: KEY }],
    log: { level: 'trace' },
  });

  it('hold no key, wherever it stands: in a field, in a text, in an error, in the configuration itself', () => {
    const { logger, lines } = collectedLogs(config);
    logger.info({ headers: { 'x-api-key': KEY, authorization: `Bearer ${KEY}` } }, 'fields');
    logger.info(`a text with ${KEY}`);
    logger.error({ err: new Error(`an error with ${KEY}`) }, 'error');
    logger.info({ config }, 'configuration');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(KEY);
    for (const line of lines) expect(line).toContain('[redacted]');
  });

  it('hold nothing of a secret that begins as another one does, nor of one that JSON writes otherwise', () => {
    const [short, long, escaped] = ['key-of-ours', 'key-of-ours-and-more', 'key-"with\\signs'];
    const { logger, lines } = collectedLogs(
      defineConfig({
        sources: [short, long, escaped].map((apiKey, i) => ({
          ...{ name: `s${i}`, kind: 'scanopy', url: `http://127.0.0.1:${i + 1}`, apiKey },
        })),
        log: { level: 'info' },
      }),
    );
    logger.info(`${long} ${escaped} ${short}`);
    expect(JSON.parse(lines.join(''))).toMatchObject({ msg: '[redacted] [redacted] [redacted]' });
  });
});

describe('a gateway that talks to both upstreams, with a refused key among them', () => {
  it('never shows a key in logs, answers or metrics', async () => {
    const { logger, lines } = collectedLogs(defineConfig({ log: { level: 'trace' } }));
    const harness = await startHarness({ scanorbit: [{}, {}], scanopy: [{}], deps: { logger } });
    harness.scanorbit[1]?.faults.add({ kind: 'unauthorized' });
    const answer = await harness.query(
      '{ organizations { name } networks { totalCount } sources { health lastError } }',
    );
    const metrics = await (await fetch(new URL('/metrics', harness.url))).text();
    const keys = [...harness.scanorbit, ...harness.scanopy].map(({ apiKey }) => apiKey);
    await harness.close();
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['UPSTREAM_UNAUTHORIZED']);
    expect(lines.length).toBeGreaterThan(0);
    const everything = [JSON.stringify(answer), metrics, ...lines].join('\n');
    for (const key of keys) expect(everything).not.toContain(key);
  });
});

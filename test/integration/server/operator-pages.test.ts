import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

let harness: Harness | undefined;
afterEach(() => harness?.close());

const TOKEN = 'word-for-scrapers';
const tenants = { acme: { sources: ['scanorbit'] } };

const start = async (operator: NonNullable<ConfigInput['server']>['operator'], auth: ConfigInput['auth'] = {}) => {
  harness = await startHarness({ scanorbit: [{}], config: { server: { operator }, auth } });
  const { url, gateway } = harness;
  const get = async (path: string, token?: string, base = url) => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(new URL(path, base), { headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { get, operatorUrl: gateway.operatorUrl };
};

describe('the pages of an operator', () => {
  it('are open to all where there are no tenants', async () => {
    const { get, operatorUrl } = await start({});
    expect((await get('/metrics')).text).toContain('source="scanorbit"');
    expect((await get('/readyz')).text).toContain('scanorbit');
    expect(operatorUrl).toBeNull();
  });

  it('are closed where there are, without telling a name; probes go on', async () => {
    const { get } = await start({}, { tenants });
    const [metrics, ready, health] = [await get('/metrics'), await get('/readyz'), await get('/healthz')];
    expect([metrics.status, ready.status, health.status]).toEqual([403, 200, 200]);
    expect(metrics.text + ready.text + health.text).not.toContain('scanorbit');
  });

  it('are shown for the token, and for no other', async () => {
    const { get } = await start({ token: TOKEN }, { tenants });
    expect((await get('/metrics', TOKEN)).text).toContain('source="scanorbit"');
    expect((await get('/readyz', TOKEN)).text).toContain('scanorbit');
    const refused = [await get('/metrics'), await get('/metrics', `${TOKEN}s`), await get('/metrics', 'x')];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await get('/readyz', 'x')).text).toBe('{"status":"ready"}');
  });

  it('move to a port of their own, where a token still counts; nothing else is there', async () => {
    const { get, operatorUrl } = await start({ port: 0, token: TOKEN }, { tenants });
    const own = operatorUrl ?? '';
    expect((await get('/metrics', TOKEN)).status).toBe(403);
    expect((await get('/metrics', TOKEN, own)).text).toContain('source="scanorbit"');
    expect((await get('/metrics', undefined, own)).status).toBe(403);
    expect((await get('/healthz', undefined, own)).status).toBe(200);
    const graphql = await get('/graphql', TOKEN, own);
    expect([graphql.status, graphql.headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
    await harness?.close();
    await expect(get('/healthz', undefined, own)).rejects.toThrow();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_SECRETS } from '#demo/scanopy/demo-secrets.ts';
import type { ScanopyDemo, ScanopyDemoOptions } from '#demo/scanopy/server.ts';
import { demoKey, get, START, startDemo, world } from './scanopy-server.ts';

const running: ScanopyDemo[] = [];
async function start(options: Partial<ScanopyDemoOptions> = {}): Promise<ScanopyDemo> {
  const demo = await startDemo(options);
  running.push(demo);
  return demo;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((demo) => demo.close()));
});

const { networks, hosts } = world.network;
const foreign = hosts.find((host) => host.networkId === networks[1]?.id);
const lists = [
  '/hosts',
  '/services',
  '/networks',
  '/subnets',
  '/tags',
  '/daemons',
  '/discovery',
  '/dependencies',
  '/ports',
];

describe('credentials', () => {
  it.each([null, 'Bearer ', `bearer ${demoKey}`, `Bearer  ${demoKey}`, `Basic ${demoKey}`, `Bearer ${demoKey}x`])(
    '%s is 401',
    async (authorization) => {
      const got = await get(await start(), '/hosts', authorization);
      expect([got.status, got.body.code]).toEqual([401, 'auth_not_authenticated']);
    },
  );

  it('a Bearer value that is no user key is 403, and 401 after 0.17.4', async () => {
    const { body } = await get(await start(), '/hosts', 'Bearer other');
    expect(body).toMatchObject({ code: 'auth_daemon_required', error: 'Daemon context required' });
    expect((await get(await start({ version: '0.17.5' }), '/hosts', 'Bearer other')).status).toBe(401);
  });

  it('a disabled or expired key is 403 with its own code, a deleted one 401; enabled again, it is good again', async () => {
    const demo = await start();
    const answers: unknown[] = [];
    for (const state of ['disabled', 'expired', 'deleted', 'active'] as const) {
      demo.setKeyState(state);
      const { status, body } = await get(demo, '/hosts?limit=1');
      answers.push([state, status, body.code]);
    }
    expect(answers).toEqual([
      ['disabled', 403, 'entity_disabled'],
      ['expired', 403, 'entity_expired'],
      ['deleted', 401, 'auth_not_authenticated'],
      ['active', 200, undefined],
    ]);
  });

  it('version, health and configuration need no key; health has no meta', async () => {
    const demo = await start();
    expect((await get(demo, '/api/version', null)).data).toMatchObject({ server_version: '0.16.0' });
    expect((await get(demo, '/api/health', null)).body).toEqual({
      success: true,
      data: 'Scanopy Server 0.16.0',
      error: null,
    });
    expect((await get(demo, '/api/config', null)).headers.get('cache-control')).toBe('max-age=3600');
  });

  it('what needs a session or an administrator is 403 for a key', async () => {
    const demo = await start();
    for (const path of ['/organizations', '/auth/keys', '/topology/stream']) {
      expect((await get(demo, path)).body.code).toBe('auth_user_context_required');
    }
    const error = "You don't have permission to perform this action";
    expect((await get(demo, '/users')).body).toMatchObject({ code: 'auth_permission_denied', error });
  });

  it.each(['POST', 'PUT', 'DELETE'])('%s is refused', async (method) => {
    const demo = await start();
    const response = await fetch(`${demo.url}/api/v1/hosts`, {
      method,
      headers: { authorization: `Bearer ${demoKey}` },
    });
    expect(response.status).toBe(403);
  });
});

describe('the scope of the key', () => {
  it('an empty scope sees empty lists and all tags, all with 200', async () => {
    const demo = await start({ networkIds: [] });
    for (const path of lists) {
      const { status, rows, page } = await get(demo, path);
      const expected = path === '/tags' ? world.network.tags.length : 0;
      expect([path, status, rows.length, page.total_count]).toEqual([path, 200, Math.min(50, expected), expected]);
    }
  });

  it('a foreign network is an empty page; its objects by id are 403, unknown ones 404', async () => {
    const demo = await start({ networkIds: [networks[0]?.id ?? ''] });
    expect((await get(demo, `/hosts?network_id=${networks[1]?.id}`)).page.total_count).toBe(0);
    const denied = await get(demo, `/hosts/${foreign?.id}`);
    expect([denied.status, denied.body.code]).toEqual([403, 'entity_access_denied']);
    expect(denied.body.params).toEqual({ entity: 'Network', id: networks[1]?.id });
    expect(denied.body.error).toBe("You don't have access to this Network");
    const unknown = '00000000-0000-4000-8000-000000000000';
    const missing = await get(demo, `/hosts/${unknown}`);
    expect(missing.body).toMatchObject({
      success: false,
      code: 'entity_not_found',
      error: `Host with ID '${unknown}' not found`,
      params: { entity: 'Host', id: unknown },
    });
  });

  it('the entity of an error is renamed with the generation', async () => {
    const demo = await start({ version: '0.17.22', networkIds: [networks[0]?.id ?? ''] });
    expect((await get(demo, `/hosts/${foreign?.id}`)).body.params).toMatchObject({ entity: 'Site' });
  });

  it('tags are of the whole organization', async () => {
    const demo = await start({ networkIds: [networks[0]?.id ?? ''] });
    expect((await get(demo, '/tags?limit=1000')).rows.length).toBe(world.network.tags.length);
  });
});

describe('rate limit', () => {
  let now = START;
  const limited = (version: string) => {
    now = START;
    return start({ version, rateLimit: true, clock: () => now });
  };
  const spend = async (demo: ScanopyDemo, calls: number, authorization?: string | null) => {
    for (let call = 0; call < calls; call += 1) await get(demo, '/api/version', authorization);
  };

  it('a user has 150 calls at once and five a second after that', async () => {
    const demo = await limited('0.16.0');
    await spend(demo, 150);
    expect((await get(demo, '/tags')).status).toBe(429);
    now += 200;
    expect((await get(demo, '/tags')).status).toBe(200);
    expect((await get(demo, '/tags')).status).toBe(429);
  });

  it('0.14 sends constants and a Retry-After of 0', async () => {
    const demo = await limited('0.14.13');
    const names = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];
    const headers = async () => {
      const got = await get(demo, '/tags');
      return [got.status, ...names.map((name) => got.headers.get(name))];
    };
    expect(await headers()).toEqual([200, '100', '99', '60', null]);
    await spend(demo, 149);
    expect(await headers()).toEqual([429, '100', '0', '0', '0']);
  });

  it('newer versions say at least one second, without a code', async () => {
    const demo = await limited('0.17.12');
    await spend(demo, 150);
    const got = await get(demo, '/tags');
    expect(got.headers.get('retry-after')).toBe('1');
    expect(got.body).toEqual({
      success: false,
      error: 'Rate limit exceeded. Try again in 1 seconds.',
      meta: { api_version: 1, server_version: '0.17.12' },
    });
  });

  it('wrong keys use up the bucket of unauthenticated callers, not the one of the user', async () => {
    const demo = await limited('0.16.0');
    const wrong = `Bearer scp_u_${'1'.repeat(32)}`;
    await spend(demo, 10, wrong);
    expect((await get(demo, '/tags', wrong)).status).toBe(429);
    expect((await get(demo, '/tags')).status).toBe(200);
    expect((await get(demo, '/api/health', null)).status).toBe(200);
  });

  it('a disabled key counts as unauthenticated: ten at once, then 40 a minute', async () => {
    const demo = await limited('0.16.0');
    demo.setKeyState('disabled');
    await spend(demo, 10);
    expect((await get(demo, '/tags')).status).toBe(429);
    now += 1_500;
    expect((await get(demo, '/tags')).status).toBe(403);
    expect((await get(demo, '/tags')).status).toBe(429);
  });

  it('the keys of one user share one bucket', async () => {
    now = START;
    const second = `scp_u_${'2'.repeat(32)}`;
    const demo = await start({ rateLimit: true, clock: () => now, moreKeys: [second] });
    await spend(demo, 100);
    await spend(demo, 50, `Bearer ${second}`);
    expect((await get(demo, '/tags')).status).toBe(429);
    expect((await get(demo, '/tags', `Bearer ${second}`)).status).toBe(429);
  });
});

it('secrets are in the answers of every version', async () => {
  for (const version of ['0.14.13', '0.16.0', '0.17.22']) {
    const demo = await start({ version });
    const texts = await Promise.all(
      ['/hosts?limit=5', '/daemons', '/discovery', '/credentials', '/snmp-credentials', '/api/config'].map((path) =>
        get(demo, path),
      ),
    );
    const sent = texts.map(({ text }) => text).join('');
    expect(DEMO_SECRETS.filter((secret) => sent.includes(secret)).length).toBeGreaterThanOrEqual(6);
  }
});

it('calls are counted by endpoint, with ids replaced', async () => {
  const demo = await start();
  await get(demo, `/hosts/${hosts[0]?.id}`);
  await get(demo, `/hosts/${hosts[1]?.id}`);
  await get(demo, '/tags');
  expect([demo.countOf('/hosts/{id}'), demo.countOf('/tags'), demo.countOf()]).toEqual([2, 1, 3]);
  demo.resetCalls();
  expect(demo.calls).toEqual([]);
});

it('faults spoil answers: a 500 holds SQL, a page of HTML is no JSON', async () => {
  const demo = await start();
  demo.faults.add({ kind: 'status-500', times: 1 });
  const failed = await get(demo, '/tags');
  expect([failed.status, DEMO_SECRETS.some((secret) => String(failed.body.error).includes(secret))]).toEqual([
    500,
    true,
  ]);
  demo.faults.add({ kind: 'html-200', times: 1 });
  expect((await get(demo, '/tags')).headers.get('content-type')).toBe('text/html');
  expect((await get(demo, '/tags')).status).toBe(200);
});

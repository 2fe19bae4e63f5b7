import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, post, startHarness } from '../../support/harness.ts';

const BODY = JSON.stringify({ query: '{ sources { name } }' });
const CROSS_ORIGIN = { origin: 'https://app.example.com' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the paths of a gateway', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      config: { server: { cors: { origins: ['https://app.example.com'] } } },
    });
  });
  afterAll(() => harness.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, harness.url), { headers, redirect: 'manual' });

  it('/healthz answers while the process runs; /readyz reports each source', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', sources: { scanorbit: 'UNKNOWN', scanopy: 'UNKNOWN' } });
  });

  it('/metrics counts operations, errors and upstream calls, and shows budgets, event loop and heap', async () => {
    await harness.query('{ organizations { name } }');
    await harness.query('{ nodes(ids: ["%"]) { id } }');
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^inventory_operations_total\{type="query",outcome="ok"\} [1-9]/m);
    expect(text).toMatch(/^inventory_errors_total\{code="BAD_USER_INPUT"\} [1-9]/m);
    expect(text).toMatch(/^inventory_upstream_requests_total\{[^}]*source="scanorbit"[^}]*\} [1-9]/m);
    expect(text).toMatch(/^inventory_budget_remaining\{source="scanopy"\} \d+/m);
    expect(text).toMatch(/^inventory_budget_queued\{source="scanorbit"\} 0/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^nodejs_heap_size_used_bytes /m);
    for (const { apiKey } of [...harness.scanorbit, ...harness.scanopy]) expect(text).not.toContain(apiKey);
  });

  it('anything else is 404, and / leads to the explorer', async () => {
    expect((await get('/graphql/../etc/passwd')).status).toBe(404);
    const root = await get('/');
    expect([root.status, root.headers.get('location')]).toEqual([302, '/explore']);
  });

  it('every answer bears a request id; a caller’s own is kept when it is a decent one', async () => {
    expect((await get('/healthz', { 'x-request-id': 'abcdefgh-1' })).headers.get('x-request-id')).toBe('abcdefgh-1');
    expect((await get('/healthz', { 'x-request-id': 'no good' })).headers.get('x-request-id')).toMatch(
      /^[\da-f-]{36}$/,
    );
    expect((await get('/healthz')).headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['a probe', '/healthz', {}],
    ['a page that there is not', '/nothing', {}],
    ['what leads to another page', '/', {}],
    ['GraphiQL', '/graphql', { accept: 'text/html' }],
    ['a query', `/graphql?query=${encodeURIComponent('{ sources { name } }')}`, {}],
    ['a refused query', `/graphql?query=${encodeURIComponent('{ nothing }')}`, {}],
    ['an answer to a listed origin', `/graphql?query=${encodeURIComponent('{ __typename }')}`, CROSS_ORIGIN],
    ['what MCP refuses', '/mcp', {}],
  ])(
    '%s is not framed, sniffed, or sent on as a referrer, also when it is asked for again',
    async (_, path, headers) => {
      for (const time of ['first', 'second']) {
        const { headers: got } = await get(path, headers);
        const names = ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-resource-policy'];
        const readers = headers === CROSS_ORIGIN ? 'cross-origin' : 'same-origin';
        expect([time, ...names.map((name) => got.get(name))]).toEqual([
          time,
          'nosniff',
          'DENY',
          'no-referrer',
          readers,
        ]);
        expect(got.get('cache-control')).toMatch(/^(no-store|private|no-cache)/);
      }
    },
  );

  it('a second request for fresh data under one request id gets fresh data', async () => {
    const headers = { 'x-request-id': 'one-and-the-same', 'cache-control': 'no-cache' };
    const requests = async () => (await harness.query('{ accounts { id } }', {}, headers)).extensions.cost.requests;
    expect([await requests(), await requests()]).toEqual([{ scanorbit: 1 }, { scanorbit: 1 }]);
  });

  it.each([
    ['a form of another site', { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' }],
    ['a form that hides where it is from', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s cannot run an operation', async (_, headers) => {
    const response = await fetch(harness.url, { method: 'POST', headers, body: BODY });
    expect(response.status).toBe(403);
  });

  it('an image of another site cannot run a query; a program can', async () => {
    const query = `${harness.url}?query=${encodeURIComponent('{ __typename }')}`;
    expect((await fetch(query, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await fetch(query)).status).toBe(200);
  });

  it('only listed origins may read answers', async () => {
    const allowed = await fetch(harness.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, origin: 'https://app.example.com' },
      body: BODY,
    });
    const foreign = await fetch(harness.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, origin: 'https://evil.example.com' },
      body: BODY,
    });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(harness.url, { method: 'OPTIONS', headers: { origin: 'https://evil.example.com' } });
    expect(preflight.headers.get('access-control-allow-methods')).toBeNull();
  });

  it('a browser may give an answer that it has stored to no other origin', async () => {
    const ask = (headers: Record<string, string>) => get('/graphql?query={__typename}', headers);
    const answers = [await ask({}), await ask({ origin: 'https://app.example.com' })];
    expect(answers.map(({ headers }) => headers.get('vary'))).toEqual(['Origin, Accept', 'Origin, Accept']);
  });
});

describe('the production profile', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ config: { server: { profile: 'production' } } });
  });
  afterAll(() => harness.close());

  it('shows no GraphiQL, no schema and no suggestions', async () => {
    const page = await fetch(harness.url, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('GraphiQL');
    const introspection = await harness.query('{ __schema { queryType { name } } }');
    expect(introspection.errors?.[0]?.message).toMatch(/introspection/i);
    const misspelt = await harness.query('{ sorces { name } }');
    expect(misspelt.errors?.[0]?.message).toBe('Cannot query field "sorces" on type "Query".');
    const query = 'query ($f: ResourceFilter) { resources(filter: $f) { totalCount } }';
    const variables = await harness.query(query, { f: { sorce: 'x' } });
    expect(variables.errors?.[0]?.message).toMatch(/Field "sorce" is not defined by type "ResourceFilter"\.$/);
  });

  it('runs a document in an address only with a header that no foreign page can send unasked', async () => {
    const statusWith = async (headers: Record<string, string>) =>
      (await fetch(`${harness.url}?query={__typename}`, { headers })).status;
    expect(await Promise.all([{}, { 'content-type': 'text/plain' }].map(statusWith))).toEqual([403, 403]);
    const asked = [
      { 'apollo-require-preflight': 'true' },
      { 'graphql-require-preflight': 'true' },
      { 'x-requested-with': 'app' },
      { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    ];
    expect(await Promise.all(asked.map(statusWith))).toEqual([200, 200, 200, 200]);
  });

  it('runs a document that an address names by its hash', async () => {
    const query = '{ __typename }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await post(harness.url, { query, extensions });
    const response = await fetch(`${harness.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`);
    expect(await response.json()).toMatchObject({ data: { __typename: 'Query' } });
  });
});

describe('the development profile', () => {
  it('suggests, and serves a GraphiQL that loads nothing from anywhere', async () => {
    const harness = await startHarness();
    const misspelt = await harness.query('{ sorces { name } }');
    expect(misspelt.errors?.[0]?.message).toContain('Did you mean "sources"');
    const page = await fetch(harness.url, { headers: { accept: 'text/html' } });
    const html = await page.text();
    await harness.close();
    expect(html).toContain('<title>Inventory Gateway</title>');
    expect(html.match(/<(script|link|img|iframe)\b[^>]+(src|href)="?https?:/g)).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

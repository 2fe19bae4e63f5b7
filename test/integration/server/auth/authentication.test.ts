import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'graphql-ws';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Answer, type Harness, startHarness } from '../../../support/harness.ts';

const SOURCES = '{ sources { name } }';
type Listed = { sources: { name: string }[] };
const namesIn = (answer: Answer<Listed>) => answer.data.sources.map((source) => source.name);
const codesIn = (answer: Answer<unknown>) => answer.errors?.map((error) => error.extensions.code);

const TENANTS = { acme: { sources: ['emea'] }, globex: { sources: ['apac'] } };

describe('mode api-key', () => {
  const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{ name: 'emea' }, { name: 'apac' }],
      config: {
        auth: {
          mode: 'api-key',
          tenants: TENANTS,
          keys: [
            { name: 'acme-frontend', sha256: sha256('key-of-acme'), tenant: 'acme' },
            { name: 'operator', sha256: sha256('key of the operator') },
          ],
        },
      },
    });
  });
  afterAll(() => harness.close());

  it('shows a tenant its own sources, by either header', async () => {
    for (const headers of [{ 'x-api-key': 'key-of-acme' }, { authorization: 'Bearer key-of-acme' }])
      expect(namesIn(await harness.query<Listed>(SOURCES, {}, headers))).toEqual(['emea']);
  });

  it('shows a caller without tenant every source', async () => {
    expect(namesIn(await harness.query<Listed>(SOURCES, {}, { 'x-api-key': 'key of the operator' }))).toEqual([
      'emea',
      'apac',
    ]);
  });

  it.each([{}, { 'x-api-key': 'key of acmf' }, { authorization: 'Basic eDp5' }])(
    'refuses %j with 401',
    async (headers: Record<string, string>) => {
      const answer = await harness.query(SOURCES, {}, headers);
      expect(answer.status).toBe(401);
      expect(codesIn(answer)).toEqual(['UNAUTHENTICATED']);
      expect(answer.data).toBeUndefined();
    },
  );
});

describe('mode jwt', () => {
  let issuer: Server;
  let harness: Harness;
  let sign: (claims: Record<string, unknown>, options?: { audience?: string; expires?: string }) => Promise<string>;
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
    issuer = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)),
    );
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const { port } = issuer.address() as AddressInfo;
    sign = (claims, { audience = 'inventory', expires = '1m' } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer('https://login.example.com')
        .setAudience(audience)
        .setSubject('ada')
        .setExpirationTime(expires)
        .sign(privateKey);
    const jwt = {
      jwksUrl: `http://127.0.0.1:${port}/jwks`,
      issuer: 'https://login.example.com',
      audience: 'inventory',
      tenantClaim: 'org',
    };
    harness = await startHarness({
      scanorbit: [{ name: 'emea' }, { name: 'apac' }],
      config: { auth: { mode: 'jwt', jwt, tenants: TENANTS } },
    });
  });
  afterAll(async () => {
    await harness.close();
    issuer.close();
  });

  const ask = async (token: string) => harness.query<Listed>(SOURCES, {}, { authorization: `Bearer ${token}` });

  it('takes the tenant from the claim', async () => {
    expect(namesIn(await ask(await sign({ org: 'globex' })))).toEqual(['apac']);
  });

  it('refuses tokens that are forged, expired, for others, or of no tenant', async () => {
    const good = await sign({ org: 'acme' });
    const forged = `${good.slice(0, -8)}AAAAAAAA`;
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`;
    const answers = await Promise.all([
      ask(forged),
      ask(unsigned),
      ask(await sign({ org: 'acme' }, { expires: '-1m' })),
      ask(await sign({ org: 'acme' }, { audience: 'payroll' })),
      ask(await sign({})),
      ask(await sign({ org: 'initech' })),
      ask(await sign({ org: '__proto__' })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 403, 403, 403]);
    expect(answers.every(({ data }) => data === undefined)).toBe(true);
  });

  it('ends what is still open when the token expires: streams and sockets', async () => {
    const authorization = `Bearer ${await sign({ org: 'acme' }, { expires: '2s' })}`;
    const query = 'subscription { scanUpdated { id } }';
    const client = createClient({
      url: harness.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    const socketEnds = new Promise((resolve) => {
      client.subscribe({ query }, { next: () => {}, error: resolve, complete: () => resolve(null) });
    });
    const response = await fetch(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(await socketEnds).toMatchObject({ code: 4403 });
    expect((await harness.query(SOURCES, {}, { authorization })).status).toBe(401);
  });
});

describe('mode passthrough', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{ name: 'emea' }, { name: 'apac' }],
      config: { auth: { mode: 'passthrough' } },
    });
  });
  afterAll(() => harness.close());

  const ORGANIZATIONS = '{ organizations { name } }';
  const keyOf = (index: number) => harness.scanorbit[index]?.apiKey ?? '';

  it('sends to each source the key that the caller passed, and has no source without one', async () => {
    const answer = await harness.query<Listed>(SOURCES, {}, { 'x-source-key-apac': keyOf(1) });
    expect(namesIn(answer)).toEqual(['apac']);
  });

  it('never answers one key with what was read with another key', async () => {
    const right = { 'x-source-key-emea': keyOf(0) };
    const wrong = { 'x-source-key-emea': `${keyOf(0).slice(0, -4)}0000` };
    const known = await harness.query<{ organizations: { name: string }[] | null }>(ORGANIZATIONS, {}, right);
    const stranger = await harness.query<{ organizations: { name: string }[] | null }>(ORGANIZATIONS, {}, wrong);
    expect(known.data.organizations).toHaveLength(1);
    expect(stranger.data.organizations).toBeNull();
    expect(codesIn(stranger)).toEqual(['UPSTREAM_UNAUTHORIZED']);
    expect(JSON.stringify(stranger)).not.toContain(wrong['x-source-key-emea']);
  });

  it('requires a key when none came', async () => {
    const answer = await harness.query(SOURCES);
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.message).toContain('X-Source-Key-emea');
    expect(answer.errors?.[0]?.extensions.keyHeaders).toEqual(['X-Source-Key-emea', 'X-Source-Key-apac']);
  });
});

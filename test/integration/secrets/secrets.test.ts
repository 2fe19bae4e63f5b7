import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '#demo/faults.ts';
import { createRandom } from '#demo/random.ts';
import { DEMO_SECRETS } from '#demo/scanopy/demo-secrets.ts';
import { createWorld } from '#demo/world/world.ts';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import { breakOperation } from '../../support/fuzz/break-operation.ts';
import { generateOperation } from '../../support/fuzz/generate-operation.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';

const FAULTS: readonly FaultKind[] = [
  ...(['status-500', 'pool-exhausted', 'status-503', 'unauthorized', 'reset', 'truncated-json'] as const),
  ...(['html-200', 'wrong-shape', 'empty-body', 'invalid-rows'] as const),
];
const OPERATIONS = 60;

const secretText = (prefix: string): string => `${prefix}${createRandom(prefix).hex(48)}`;
const CLOUD_KEY = `sk_live_${createRandom('cloud').hex(64)}`;
const NETWORK_KEY = secretText('scp_u_');
const CALLER_KEY = secretText('caller_');
const WRONG_KEY = secretText('wrong_');

const issuer = await generateKeyPair('ES256');
const mint = (subject: string, issuedBy: string) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setSubject(subject)
    .setIssuer(issuedBy)
    .setAudience('graph')
    .setExpirationTime('1h')
    .sign(issuer.privateKey);
const TOKEN = await mint('somebody', 'issuer');
const WRONG_TOKEN = await mint('somebody', 'somebody else');

const SECRETS = [CLOUD_KEY, NETWORK_KEY, CALLER_KEY, WRONG_KEY, TOKEN, WRONG_TOKEN, ...DEMO_SECRETS];

type Auth = NonNullable<HarnessOptions['config']>['auth'];

interface Mode {
  readonly auth: (jwksUrl: string) => Auth;
  readonly right: Record<string, string>;
  readonly wrong: Record<string, string>;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const MODES: Readonly<Record<string, Mode>> = {
  none: { auth: () => ({ mode: 'none' }), right: {}, wrong: bearer(WRONG_KEY) },
  'api-key': {
    auth: () => ({
      mode: 'api-key',
      keys: [{ name: 'caller', sha256: createHash('sha256').update(CALLER_KEY).digest('hex') }],
    }),
    right: { 'x-api-key': CALLER_KEY },
    wrong: { 'x-api-key': WRONG_KEY },
  },
  jwt: {
    auth: (jwksUrl) => ({ mode: 'jwt', jwt: { jwksUrl, issuer: 'issuer', audience: 'graph' } }),
    right: bearer(TOKEN),
    wrong: bearer(WRONG_TOKEN),
  },
  passthrough: {
    auth: () => ({ mode: 'passthrough' }),
    right: { 'x-source-key-scanorbit': CLOUD_KEY, 'x-source-key-scanopy': NETWORK_KEY },
    wrong: { 'x-source-key-scanorbit': WRONG_KEY, 'x-source-key-scanopy': WRONG_KEY },
  },
};

describe('no secret is in any answer, header, log line or metric', () => {
  const world = createWorld({ seed: 7, hosts: 200 });
  const keySet = createServer(async (_, response) =>
    response.end(JSON.stringify({ keys: [{ ...(await exportJWK(issuer.publicKey)), kid: 'k1', alg: 'ES256' }] })),
  );
  beforeAll(() => new Promise<void>((listening) => keySet.listen(0, '127.0.0.1', listening)));
  afterAll(() => void keySet.close());

  it.for(Object.entries(MODES))(
    'with auth mode %s, in success, under faults and with wrong credentials',
    async ([name, mode]) => {
      // Knows no secret, so that nothing is only missing because the logger found and replaced it.
      const { logger, lines } = collectedLogs(defineConfig({ log: { level: 'trace' } }));
      const jwksUrl = `http://127.0.0.1:${(keySet.address() as AddressInfo).port}/jwks`;
      const harness = await startHarness({
        scanorbit: [{ apiKey: CLOUD_KEY }],
        scanopy: [{ apiKey: NETWORK_KEY }],
        world: () => world,
        config: { auth: mode.auth(jwksUrl), log: { level: 'trace' } },
        deps: { logger },
      });
      const seen: string[] = [];
      const send = async (body: string, headers: Record<string, string>): Promise<number> => {
        const response = await fetch(harness.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        seen.push(JSON.stringify([...response.headers]), await response.text());
        return response.status;
      };
      await sendMany(harness, send, name, mode.right);
      const refusals = await sendMany(harness, send, name, mode.wrong);
      await underFaults(harness, send, mode.right);
      for (const path of ['/metrics', '/healthz', '/readyz', '/', '/nothing']) {
        seen.push(await (await fetch(new URL(path, harness.url), { headers: mode.right })).text());
      }
      await harness.close();

      if (name === 'api-key' || name === 'jwt') expect(new Set(refusals)).toEqual(new Set([401]));
      expect(harness.upstreamCalls()).toBeGreaterThan(FAULTS.length);
      expect(lines.length).toBeGreaterThan(OPERATIONS);
      const everything = [...seen, ...lines];
      for (const secret of SECRETS) expect(everything.filter((text) => text.includes(secret))).toEqual([]);
    },
  );
});

type Send = (body: string, headers: Record<string, string>) => Promise<number>;

/** Right and broken operations, by seed. */
const sendMany = async (harness: Harness, send: Send, seed: string, headers: Record<string, string>) => {
  const random = createRandom(seed);
  const statuses: number[] = [];
  for (let i = 0; i < OPERATIONS; i += 1) {
    const operation = generateOperation(harness.gateway.schema, random, { ids: ['x', random.uuid()] });
    const body = i % 2 === 0 ? JSON.stringify(operation) : breakOperation(operation, random).body;
    statuses.push(await send(body, headers));
  }
  return statuses;
};

const BOTH =
  '{ resources(first: 3) { nodes { id name } } hosts(first: 3) { nodes { id name } } sources { lastError health } }';

const underFaults = async (harness: Harness, send: Send, headers: Record<string, string>): Promise<void> => {
  for (const kind of FAULTS) {
    for (const demo of [...harness.scanorbit, ...harness.scanopy]) demo.faults.add({ kind, times: 4, delayMs: 10 });
    await send(JSON.stringify({ query: BOTH }), { ...headers, 'cache-control': 'no-cache' });
    for (const demo of [...harness.scanorbit, ...harness.scanopy]) demo.faults.clear();
  }
};

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startHarness } from '../../../support/harness.ts';

const MINUTE = 60_000;

it('a token whose key the issuer has withdrawn is refused after twenty minutes at the latest', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  let keys: readonly object[] = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }];
  const issuer = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys })),
  );
  issuer.listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  onTestFinished(() => void issuer.close());
  const tokenOf = (subject: string) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer('https://login.example.com')
      .setAudience('inventory')
      .setSubject(subject)
      .setExpirationTime('2h')
      .sign(privateKey);
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  const jwt = { jwksUrl, issuer: 'https://login.example.com', audience: 'inventory' };
  const harness = await startHarness({ config: { auth: { mode: 'jwt', jwt } } });
  onTestFinished(() => harness.close());
  const [early, late] = [await tokenOf('early'), await tokenOf('late')];
  const statusOf = async (token: string) =>
    (await harness.query('{ sources { name } }', {}, { authorization: `Bearer ${token}` })).status;
  expect(await statusOf(early)).toBe(200);
  keys = [];
  vi.setSystemTime(Date.now() + 9 * MINUTE);
  // Neither its check nor the keys are asked for anew yet.
  expect([await statusOf(early), await statusOf(late)]).toEqual([200, 200]);
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  expect(await statusOf(early)).toBe(401);
  vi.setSystemTime(Date.now() + 9 * MINUTE);
  expect(await statusOf(late)).toBe(401);
});

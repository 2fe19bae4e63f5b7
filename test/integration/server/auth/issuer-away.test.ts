import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, SignJWT } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { startHarness } from '../../../support/harness.ts';

it.each([
  ['answers 503', 503, 'text/plain', 'later'],
  ['answers no keys', 200, 'application/json', '{}'],
])('an issuer that %s is not blamed on the token: 500 with an error id, not 401', async (_, status, type, body) => {
  const issuer = createServer((__, response) => response.writeHead(status, { 'content-type': type }).end(body));
  issuer.listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  onTestFinished(() => void issuer.close());
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer('https://login.example.com')
    .setAudience('inventory')
    .setExpirationTime('1m')
    .sign(privateKey);
  const jwt = { jwksUrl, issuer: 'https://login.example.com', audience: 'inventory' };
  const harness = await startHarness({ config: { auth: { mode: 'jwt', jwt } } });
  onTestFinished(() => harness.close());
  const answer = await harness.query('{ sources { name } }', {}, { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(500);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  expect(JSON.stringify(answer)).not.toContain(jwksUrl);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { startReloadable } from './reloadable.ts';

it('goes on with the keys of an issuer that is away, and refuses tokens of a tenant that is gone', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
  const issuer = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)),
  );
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const sign = (org: string) =>
    new SignJWT({ org })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer('https://login.example.com')
      .setAudience('inventory')
      .setSubject('ada')
      .setExpirationTime('5m')
      .sign(privateKey);
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  const config = (...tenants: string[]): Pick<ConfigInput, 'auth'> => ({
    auth: {
      mode: 'jwt',
      jwt: { jwksUrl, issuer: 'https://login.example.com', audience: 'inventory', tenantClaim: 'org' },
      tenants: Object.fromEntries(tenants.map((name) => [name, { sources: ['scanorbit'] }])),
    },
  });
  const running = await startReloadable({ scanorbit: [{}], config: config('acme', 'globex') });
  const statusOf = async (org: string) =>
    (await running.query('{ sources { name } }', {}, { authorization: `Bearer ${await sign(org)}` })).status;
  expect([await statusOf('acme'), await statusOf('globex')]).toEqual([200, 200]);
  issuer.closeAllConnections();
  issuer.close();
  running.reload(config('acme'));
  expect([await statusOf('acme'), await statusOf('globex')]).toEqual([200, 403]);
  await running.close();
});

import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

let harness: Harness;
afterEach(() => harness.close());

const statusFor = (host: string, path = '/graphql'): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = new URL(path, harness.url);
    const headers = { host, 'content-type': 'application/json' };
    const sent = httpRequest(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end(JSON.stringify({ query: '{ sources { name } }' }));
  });

/** The first line of the answer to a WebSocket handshake. */
const upgrade = async (path: string, host: string): Promise<string> => {
  const socket = connect(Number(new URL(harness.url).port), '127.0.0.1');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString().split('\r\n', 1)[0] ?? '';
};

it('a refused upgrade whose connection breaks does not end the process', async () => {
  harness = await startHarness();
  for (let i = 0; i < 20; i += 1) {
    const socket = connect(Number(new URL(harness.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await delay(i % 4);
    socket.resetAndDestroy();
  }
  await delay(100);
  expect(await statusFor('localhost')).toBe(200);
});

describe('without authentication, for this machine alone', () => {
  it('answers whoever names this machine, and no page whose name was made to lead here', async () => {
    harness = await startHarness();
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000']) expect(await statusFor(host), host).toBe(200);
    for (const host of ['evil.example:4000', '10.0.0.1', 'localhost.evil.example', '%%'])
      expect(await statusFor(host), host).toBe(403);
    expect(await statusFor('evil.example', '/metrics')).toBe(403);
    expect(await upgrade('/graphql', 'localhost')).toBe('HTTP/1.1 101 Switching Protocols');
    expect(await upgrade('/graphql', 'evil.example')).toBe('HTTP/1.1 403 Forbidden');
  });

  it('accepts any name where everyone may send operations', async () => {
    harness = await startHarness({ config: { auth: { mode: 'none', allowOpenNetwork: true } } });
    expect(await statusFor('gateway.example')).toBe(200);
  });
});

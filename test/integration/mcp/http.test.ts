import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { connectMcp } from './mcp-client.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ scanorbit: [{}] });
});
afterAll(() => harness.close());

const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** As `fetch` sends nothing of this: it refuses bodies of GET and the method TRACE. */
const statusOf = (method: string, headers: Record<string, string>, body: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(new URL('/mcp', harness.url), { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });

it.each([
  ['no body', 'POST', JSON_BODY, ''],
  ['a body that is not JSON', 'POST', JSON_BODY, '{'],
  ['JSON that is no message', 'POST', JSON_BODY, '[1, null]'],
  ['a stream of news, of which there are none', 'GET', { accept: 'text/event-stream' }, ''],
  ['a GET with a body', 'GET', { ...JSON_BODY, 'content-length': '2' }, '{}'],
  ['the end of a session, of which there are none', 'DELETE', {}, ''],
  ['a method that no answer has', 'TRACE', {}, ''],
])('/mcp refuses %s as the caller’s mistake', async (_, method, headers, body) => {
  const status = await statusOf(method, headers, body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

it('the list of all tools is small enough for an assistant to read: under 30 KB', async () => {
  const client = await connectMcp(harness.url);
  const { tools } = await client.listTools();
  expect(Buffer.byteLength(JSON.stringify(tools))).toBeLessThan(30_000);
});

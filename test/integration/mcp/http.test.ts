import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { connectMcp } from './mcp-client.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ scanorbit: [{}] });
});
afterAll(() => harness.close());

const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

it.each([
  ['no body', 'POST', JSON_BODY, ''],
  ['a body that is not JSON', 'POST', JSON_BODY, '{'],
  ['JSON that is no message', 'POST', JSON_BODY, '[1, null]'],
  ['a stream of news, of which there are none', 'GET', { accept: 'text/event-stream' }, undefined],
  ['the end of a session, of which there are none', 'DELETE', {}, undefined],
])('/mcp refuses %s as the caller’s mistake', async (_, method, headers, body) => {
  const answer = await fetch(new URL('/mcp', harness.url), { method, headers, ...(body !== undefined && { body }) });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

it('the list of all tools is small enough for an assistant to read: under 30 KB', async () => {
  const client = await connectMcp(harness.url);
  const { tools } = await client.listTools();
  expect(Buffer.byteLength(JSON.stringify(tools))).toBeLessThan(30_000);
});

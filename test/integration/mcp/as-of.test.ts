import { expect, it, onTestFinished, vi } from 'vitest';
import { startWithHistory } from '../../support/history/gateway-with-history.ts';
import { callTool, connectMcp } from './mcp-client.ts';

it('tools that ask the graph answer about a moment as they answered then', async () => {
  const { harness, store, visible } = await startWithHistory();
  await vi.waitFor(async () => expect((await store.earliest(visible)).size).toBe(2), { timeout: 60_000 });
  const client = await connectMcp(harness.url);
  onTestFinished(() => client.close());
  const found = await callTool(client, 'lookup', { any: ['orders-db'] });
  const [hit] = (found.answer.data as { lookup: { node: { id: string } }[] }).lookup;
  const calls = [
    ['lookup', { any: ['orders-db'] }],
    ['impact', { id: hit?.node.id, depth: 2 }],
    ['graph', { roots: [hit?.node.id] }],
  ] as const;
  const { tools } = await client.listTools();
  const takesMoment = tools.filter(({ inputSchema }) => 'asOf' in (inputSchema.properties ?? {}));
  expect(takesMoment.map(({ name }) => name).sort()).toEqual(calls.map(([name]) => name).sort());
  for (const [name, args] of calls) {
    const now = await callTool(client, name, args);
    const then = await callTool(client, name, { ...args, asOf: new Date().toISOString() });
    expect(now.answer.data).toBeTruthy();
    expect([name, then.answer]).toEqual([name, now.answer]);
  }
  const wrong = [{}, { asOf: new Date().toISOString() }].map((more) =>
    callTool(client, 'impact', { id: 'x', ...more }),
  );
  const [now, then] = await Promise.all(wrong);
  expect(now?.answer.errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'impact' }]);
  expect(then?.answer).toEqual(now?.answer);
  const early = await callTool(client, 'lookup', { any: ['orders-db'], asOf: '2020-01-01T00:00:00Z' });
  expect([early.isError, early.answer.errors]).toMatchObject([
    true,
    [{ code: 'HISTORY_UNAVAILABLE', earliest: expect.any(String), advice: expect.stringContaining('earliest') }],
  ]);
});

import { expect, it } from 'vitest';
import { startHarness } from '../../support/harness.ts';

it('sends the fast half of an answer first, and the deferred half when it is there', async () => {
  const harness = await startHarness({ scanorbit: [{ latencyMs: 300 }], scanopy: [{}] });
  try {
    const response = await fetch(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed' },
      body: JSON.stringify({ query: '{ hosts(first: 1) { totalCount } ... @defer { accounts { name } } }' }),
    });
    expect(response.headers.get('content-type')).toContain('multipart/mixed');
    const parts = (await response.text()).match(/\{.*\}/g)?.map((part) => JSON.parse(part)) ?? [];
    expect(parts[0]).toMatchObject({ data: { hosts: { totalCount: expect.any(Number) } }, hasNext: true });
    expect(parts[0].data).not.toHaveProperty('accounts');
    const deferred = parts.flatMap((part) => part.incremental ?? []);
    expect(deferred[0]?.data.accounts.length).toBeGreaterThan(0);
  } finally {
    await harness.close();
  }
});

it('streams the items of a list one after the other', async () => {
  const harness = await startHarness({ scanorbit: [{}] });
  try {
    const response = await fetch(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed' },
      body: JSON.stringify({ query: '{ accounts @stream(initialCount: 1) { name } }' }),
    });
    const parts = (await response.text()).match(/\{.*\}/g)?.map((part) => JSON.parse(part)) ?? [];
    expect(parts[0].data.accounts).toHaveLength(1);
    const whole = await harness.query<{ accounts: unknown[] }>('{ accounts { name } }');
    const rest = parts.flatMap((part) => part.incremental ?? []).flatMap(({ items }) => items ?? []);
    expect([...parts[0].data.accounts, ...rest]).toEqual(whole.data.accounts);
  } finally {
    await harness.close();
  }
});

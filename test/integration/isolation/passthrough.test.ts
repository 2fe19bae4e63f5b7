import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { WORLD } from './two-tenants.ts';

let harness: Harness;
afterEach(() => harness.close());

const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  harness = await startHarness({
    world: () => WORLD,
    scanorbit: [{ name: 'cloud' }],
    config: { auth: { mode: 'passthrough' } },
    ...options,
  });
  return harness;
};

/** One caller with the server’s key, one whose key differs in its last letters. */
const callers = () => {
  const right = harness.scanorbit[0]?.apiKey ?? '';
  return [{ 'x-source-key-cloud': right }, { 'x-source-key-cloud': `${right.slice(0, -4)}ffff` }] as const;
};

const QUERY = '{ accounts { id name } }';
type Accounts = { accounts: { id: string }[] | null };

describe('two callers with keys of their own', () => {
  it('share no cached row: what one has read, the other must be allowed to read', async () => {
    await start();
    const [right, wrong] = callers();
    expect((await harness.query<Accounts>(QUERY, {}, right)).data.accounts).not.toBeNull();
    const id = (await harness.query<Accounts>(QUERY, {}, right)).data.accounts?.[0]?.id;
    const calls = harness.upstreamCalls();
    const node = await harness.query<{ node: object | null }>(
      'query ($id: ID!) { node(id: $id) { id } }',
      { id },
      wrong,
    );
    expect(node.data.node).toBeNull();
    expect(node.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAUTHORIZED');
    expect(harness.upstreamCalls()).toBeGreaterThan(calls);
  });

  it('share no request under way: the same request at the same time is sent once for each', async () => {
    await start({ scanorbit: [{ name: 'cloud', latencyMs: 200 }] });
    const [right, wrong] = callers();
    const [good, again, bad] = await Promise.all([
      harness.query<Accounts>(QUERY, {}, right),
      harness.query<Accounts>(QUERY, {}, right),
      harness.query<Accounts>(QUERY, {}, wrong),
    ]);
    expect(good.data.accounts).toEqual(again.data.accounts);
    expect(bad.data.accounts).toBeNull();
    expect(harness.upstreamCalls()).toBe(2);
  });

  it('share no budget: one who has spent his own leaves the other’s whole', async () => {
    const budget = { limit: 4, windowSeconds: 600, reserve: 0 };
    await start({ scanorbit: [{ name: 'cloud', budget }] });
    const [right, wrong] = callers();
    const remaining = async (headers: Record<string, string>) => {
      const query = '{ sources { budget { remaining } } }';
      const { data } = await harness.query<{ sources: { budget: { remaining: number } }[] }>(query, {}, headers);
      return data.sources[0]?.budget.remaining;
    };
    const before = await remaining(wrong);
    await harness.query('{ accounts { id } organizations { id } resourceStats { total } }', {}, right);
    expect(await remaining(right)).toBeLessThan(before ?? 0);
    expect(await remaining(wrong)).toBe(before);
  });

  it('share no documents by hash: what one has registered, the other must send himself', async () => {
    await start();
    const [right, wrong] = callers();
    const send = async (headers: Record<string, string>, query?: string) => {
      const sha256Hash = createHash('sha256').update(QUERY).digest('hex');
      const response = await fetch(harness.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      });
      const { data, errors } = (await response.json()) as Partial<Answer<Accounts>>;
      return errors ? errors.map(({ extensions }) => extensions.code) : data?.accounts?.length;
    };
    const count = await send(right, QUERY);
    expect(count).toBe(WORLD.cloud.accounts.length);
    expect(await send(right)).toBe(count);
    expect(await send(wrong)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('do not show the health and errors that the other has met', async () => {
    await start();
    const [right, wrong] = callers();
    await harness.query<Accounts>(QUERY, {}, wrong);
    const { data } = await harness.query<{ sources: object[] }>('{ sources { health lastError } }', {}, right);
    expect(data.sources).toEqual([{ health: 'UNKNOWN', lastError: null }]);
  });
});

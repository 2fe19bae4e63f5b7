import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { openPostgresHistory } from '#history/postgres/open-postgres-history.ts';
import { createGateway } from '#server/create-gateway.ts';
import { type Answer, post, startHarness } from '../../support/harness.ts';
import { startPostgres } from '../../support/history/postgres-server.ts';
import { untilIndexed } from '../../support/indexed-gateway.ts';
import { needs } from '../../support/tools.ts';

type Asked = (query: string) => Promise<Answer<{ changes: { totalCount: number } | null; hosts: object }>>;

/** Two gateways over the same sources and one history, and the history itself. */
const startTwo = async () => {
  const server = await startPostgres();
  onTestFinished(() => server.release());
  const url = await server.newDatabase();
  const world = createWorld({ seed: 5, resources: 200, hosts: 150 });
  const harness = await startHarness({
    ...{ scanopy: [{}], world: () => world },
    config: { index: { enabled: true, directory: null, refreshSeconds: 3600 }, history: { url } },
  });
  onTestFinished(() => harness.close());
  const other = await createGateway(harness.config);
  onTestFinished(() => other.close());
  await untilIndexed(harness);
  const store = openPostgresHistory(url);
  onTestFinished(() => store.close());
  const visible = harness.gateway.sources.all.all.map(({ name, identity }) => ({ name, identity }));
  await vi.waitFor(async () => expect((await store.earliest(visible)).size).toBe(1), { timeout: 60_000 });
  const ask: Asked = (query) => harness.query(query);
  const askOther: Asked = (query) => post(other.url, { query });
  return { server, store, visible, ask, askOther };
};

const ADDED = '{ changes(kinds: [ADDED]) { totalCount } }';

describe('a history in PostgreSQL', needs('PostgreSQL'), () => {
  it('is one for all gateways, which answer anew once another has added to it', async () => {
    const { store, visible, ask, askOther } = await startTwo();
    const total = async (asked: Asked) => (await asked(ADDED)).data.changes?.totalCount;
    expect(await Promise.all([total(ask), total(askOther)])).toEqual([0, 0]);
    const [source] = visible;
    if (!source) throw new Error('Expected a source.');
    const [newest] = await store.readings({ visible }, 1);
    // Later than what either gateway has read.
    const at = (newest?.at ?? 0) + 3_600_000;
    const add = async (id: string, time: number) => {
      const value = JSON.stringify({ name: id, hostname: null, addresses: [], services: [] });
      const rows = [{ id, part: 'new', owner: null, value, sighting: null }];
      const parts = [{ name: 'new', readAt: time, isWhole: true }];
      const reading = { source, id, at: time, endedAt: time, isComplete: true, about: '{}', parts };
      expect(await store.append(reading, [{ type: 'Host', rows }])).toBe(true);
    };
    await add('first', at);
    await add('second', at + 1);
    for (const asked of [ask, askOther])
      await vi.waitFor(async () => expect(await total(asked)).toBe(1), { timeout: 30_000, interval: 50 });
  });

  it('that goes away leaves everything else as it was, says no more than that, and is there again when it is back', async () => {
    const { server, ask, askOther } = await startTwo();
    await server.kill();
    for (const asked of [ask, askOther]) {
      const { data, errors } = await asked('{ changes { totalCount } hosts(first: 1) { totalCount } }');
      expect(data).toMatchObject({ changes: null, hosts: { totalCount: 150 } });
      expect(errors).toMatchObject([{ path: ['changes'], extensions: { code: 'HISTORY_UNAVAILABLE' } }]);
      expect(JSON.stringify(errors)).not.toMatch(/postgres|127\.0\.0\.1|ECONN/);
    }
    await server.restart();
    for (const asked of [ask, askOther])
      await vi.waitFor(async () => expect((await asked(ADDED)).errors).toBeUndefined(), { timeout: 30_000 });
  });
});

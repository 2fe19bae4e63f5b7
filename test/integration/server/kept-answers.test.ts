import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import { type Answer, type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { metric } from '../../support/metrics.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const RESOURCES = 'query Rows($first: Int) { resources(first: $first) { nodes { id name tags { key value } } } }';

let harness: Harness | undefined;
afterEach(() => harness?.close());

const start = async (options: HarnessOptions = {}): Promise<Harness> => {
  harness = await startHarness({ scanorbit: [{ movingScans: false }], scanopy: [{}], ...options });
  return harness;
};

interface Rows {
  readonly resources: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly account: { readonly id: string } }[];
  };
}

interface KeptCost {
  readonly requests: object;
  readonly cacheHits: number;
  readonly answeredAt?: string;
}
const costOf = ({ extensions }: Pick<Answer<unknown>, 'extensions'>): KeptCost => extensions.cost;
const isKept = (answer: Pick<Answer<unknown>, 'extensions'>): boolean => costOf(answer).answeredAt !== undefined;

/** Asks until the answer is a kept one: the first fills the cache, the second is kept, the third is that one. */
const keep = async (of: Harness, query = RESOURCES, variables: object = {}, headers: Record<string, string> = {}) => {
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await of.query(query, { ...variables }, headers));
  return answers;
};

/** The id of the source's row. */
const rowIdOf = (id = ''): string => Buffer.from(id, 'base64url').toString().split(':').slice(2).join(':');

it('a question asked again is answered by the kept answer, which says when it was made and that it cost nothing', async () => {
  const answers = await keep(await start());
  expect(answers.map(isKept)).toEqual([false, false, true]);
  expect(answers[2]?.data).toEqual(answers[0]?.data);
  expect(answers[2] && costOf(answers[2])).toMatchObject({ requests: {}, cacheHits: 0 });
  expect(isKept(await (harness as Harness).query(RESOURCES, { first: 3 }))).toBe(false);
});

it('the answer to what is asked once is not kept; asked again it is', async () => {
  const of = await start();
  await keep(of);
  for (let first = 1; first <= 10; first++) await of.query(RESOURCES, { first });
  expect(await metric(of, 'inventory_kept_answers')).toBe(1);
  const again = [await of.query(RESOURCES, { first: 5 }), await of.query(RESOURCES, { first: 5 })];
  expect(again.map(isKept)).toEqual([false, true]);
  expect(await metric(of, 'inventory_kept_answers')).toBe(2);
});

it('nothing is kept where that is turned off', async () => {
  expect((await keep(await start({ config: { cache: { keptAnswersBytes: 0 } } }))).map(isKept)).toEqual([
    false,
    false,
    false,
  ]);
});

it('an answer is kept no longer than until the next look at the scans, which finds what a new one has brought', async () => {
  const clock = skippingClock();
  const of = await start({ scanorbit: [{ movingScans: false, clock: clock.now }], deps: { clock } });
  const query = '{ resources { totalCount nodes { id account { id } } } }';
  const [first] = await keep(of, query);
  const { totalCount, nodes } = (first as unknown as Answer<Rows>).data.resources;
  of.scanorbit[0]?.removeResource(rowIdOf(nodes[0]?.id));
  of.scanorbit[0]?.completeScan(rowIdOf(nodes[0]?.account.id));
  const kept = await of.query<Rows>(query);
  expect([isKept(kept), kept.data.resources.totalCount]).toEqual([true, totalCount]);
  clock.skip(31_000);
  const next = await of.query<Rows>(query);
  expect([isKept(next), next.data.resources.totalCount]).toEqual([false, totalCount - 1]);
});

it('an answer is dropped at once when its source has told anything new', async () => {
  const of = await start();
  await keep(of);
  await of.query(RESOURCES, {}, { 'cache-control': 'no-cache' });
  expect(isKept(await of.query(RESOURCES))).toBe(false);
});

it('who asks for fresh data is never given a kept answer', async () => {
  const of = await start();
  await keep(of);
  const fresh = await of.query(RESOURCES, {}, { 'cache-control': 'no-cache' });
  expect([isKept(fresh), Object.keys(costOf(fresh).requests)]).toEqual([false, ['scanorbit']]);
});

it.each([
  ['what holds for this moment only', '{ sources { health budget { remaining } index { coverage } } }'],
  ['an answer with an error', '{ nodes(ids: ["%"]) { id } }'],
])('%s is not kept', async (_, query) => {
  expect((await keep(await start(), query)).map((answer) => answer.extensions?.cost && isKept(answer))).toEqual([
    false,
    false,
    false,
  ]);
});

it('what stands in for a source that fails is not kept', async () => {
  const clock = skippingClock();
  const of = await start({ deps: { clock } });
  const query = '{ accounts { name } }';
  await keep(of, query);
  of.scanorbit[0]?.faults.add({ kind: 'reset' });
  clock.skip(6 * 60_000);
  const stale = await keep(of, query);
  expect(stale.map(isKept)).toEqual([false, false, false]);
  expect(stale.map((answer) => answer.errors)).toEqual([undefined, undefined, undefined]);
});

it('equal questions at the same moment are executed once, and say that they joined', async () => {
  const of = await start({ scanorbit: [{ movingScans: false, latencyMs: 300 }] });
  const answers = await Promise.all(Array.from({ length: 8 }, () => of.query(RESOURCES)));
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  expect(answers.filter((answer) => (costOf(answer) as unknown as { joins: number }).joins === 1)).toHaveLength(7);
  expect(answers.filter((answer) => Object.keys(costOf(answer).requests).length > 0)).toHaveLength(1);
  expect(await metric(of, 'inventory_kept_answers_total{outcome="join"}')).toBe(7);
});

it('who asks when something in the answer under way is not fresh any more gets a new answer', async () => {
  const clock = skippingClock();
  const of = await start({ scanopy: [{ latencyMs: 300 }], deps: { clock } });
  await of.query('{ accounts { name } }');
  clock.skip(5 * 60_000 - 1_000);
  const query = '{ accounts { name } hosts(first: 1) { nodes { name } } }';
  of.resetUpstreamCalls();
  const first = of.query(query);
  await expect.poll(() => of.upstreamCalls()).toBeGreaterThan(0);
  clock.skip(2_000);
  const requests = [await of.query(query), await first].map((answer) => Object.keys(costOf(answer).requests));
  expect(requests).toEqual([expect.arrayContaining(['scanorbit']), ['scanopy']]);
  expect(await metric(of, 'inventory_kept_answers_total{outcome="join"}')).toBe(0);
});

it('when the first of several who ask the same goes away, the others are answered, and no error is logged', async () => {
  const { logger, lines } = collectedLogs(defineConfig({}));
  const of = await start({ scanorbit: [{ movingScans: false, latencyMs: 300 }], deps: { logger } });
  const gone = new AbortController();
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ query: RESOURCES });
  const first = fetch(of.url, { ...init, body, signal: gone.signal }).catch(() => 'gone');
  await expect.poll(() => of.upstreamCalls()).toBeGreaterThan(0);
  const others = [of.query(RESOURCES), of.query(RESOURCES)];
  gone.abort();
  expect(await first).toBe('gone');
  for (const { errors, data } of await Promise.all(others))
    expect([errors, (data as unknown as Rows).resources]).toEqual([undefined, expect.anything()]);
  expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

it('a kept answer is given to nobody who is not let in, and to no other tenant', async () => {
  const keys = ['one', 'two'].map((tenant) => ({ name: tenant, tenant, sha256: sha256(`key of ${tenant}`) }));
  const tenants = { one: { sources: ['scanorbit'] }, two: { sources: ['scanopy'] } };
  const of = await start({ config: { auth: { mode: 'api-key', keys, tenants } } });
  const answers = await keep(of, RESOURCES, {}, { 'x-api-key': 'key of one' });
  expect(answers.map(isKept)).toEqual([false, false, true]);
  const refused = await of.query(RESOURCES, {}, { 'x-api-key': 'key of nobody' });
  expect([refused.status, refused.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  const other = await of.query(RESOURCES, {}, { 'x-api-key': 'key of two' });
  expect(other.data).toEqual({ resources: { nodes: [] } });
});

it('two who have the same sources share a kept answer', async () => {
  const keys = ['ann', 'bob'].map((name) => ({ name, sha256: sha256(`key of ${name}`) }));
  const of = await start({ config: { auth: { mode: 'api-key', keys } } });
  await keep(of, RESOURCES, {}, { 'x-api-key': 'key of ann' });
  expect(isKept(await of.query(RESOURCES, {}, { 'x-api-key': 'key of bob' }))).toBe(true);
});

it('kept answers count against the rate limit', async () => {
  const of = await start({ config: { limits: { rate: { operations: 4, windowSeconds: 60 } } } });
  await keep(of);
  const statuses = [await of.query(RESOURCES), await of.query(RESOURCES)].map(({ status }) => status);
  expect(statuses).toEqual([200, 429]);
});

it('a document that is not trusted is refused, though its answer is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  const manifest = join(folder, 'documents.json');
  await writeFile(manifest, JSON.stringify({ rows: RESOURCES }));
  const of = await start({ config: { persisted: { manifest, trustedOnly: true } } });
  await rm(folder, { recursive: true });
  const named = { persistedQuery: { version: 1, sha256Hash: 'rows' } };
  const ask = async (body: object) =>
    (await (
      await fetch(of.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as Answer<unknown>;
  for (let i = 0; i < 3; i++) await ask({ extensions: named });
  expect(isKept(await ask({ extensions: named }))).toBe(true);
  expect((await ask({ query: RESOURCES })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('an operation over the cost limit is refused each time, whatever is kept', async () => {
  const of = await start({ config: { limits: { cost: { scanorbit: 3 } } } });
  const costly = '{ resources(first: 5) { nodes { name dependencies { edges { kind } } } } }';
  await keep(of);
  const refused = await keep(of, costly);
  expect(refused.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(Array(3).fill('COST_LIMIT_EXCEEDED'));
});

it('operations that kept answers answer are counted and timed with the others', async () => {
  const of = await start();
  await keep(of);
  await of.query(RESOURCES);
  await of.query(RESOURCES);
  expect(await metric(of, 'inventory_operations_total{type="query",outcome="ok"}')).toBe(5);
  expect(await metric(of, 'inventory_operation_seconds_count{type="query"}')).toBe(5);
  expect(await metric(of, 'inventory_kept_answers_total{outcome="hit"}')).toBe(3);
  expect(await metric(of, 'inventory_kept_answers')).toBe(1);
  expect(await metric(of, 'inventory_kept_answers_bytes')).toBeGreaterThan(1000);
});

it('a kept answer bears the id of the request it answers', async () => {
  const of = await start();
  await keep(of);
  const response = await fetch(of.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'request-number-4' },
    body: JSON.stringify({ query: RESOURCES, variables: {} }),
  });
  expect(isKept((await response.json()) as Answer<unknown>)).toBe(true);
  expect(response.headers.get('x-request-id')).toBe('request-number-4');
});

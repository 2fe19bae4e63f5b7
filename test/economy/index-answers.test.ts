import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/global-id.ts';
import { type Harness, startHarness } from '../harness.ts';

const world = createWorld({ resources: 300, findings: 200, hosts: 200 });
const resourceIds = world.cloud.resources.map(({ id }) =>
  encodeGlobalId({ type: 'Resource', source: 'scanorbit', id }),
);

const untilIndexed = async (harness: Harness): Promise<void> => {
  for (;;) {
    const { data } = await harness.query<{ sources: { index: { complete: boolean } }[] }>(
      '{ sources { index { complete } } }',
    );
    if (data.sources.every(({ index }) => index.complete)) return;
    await sleep(50);
  }
};

const QUESTIONS: readonly (readonly [string, string, object])[] = [
  [
    '100 resources by id',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Resource { name tags { key value } } } }',
    { ids: resourceIds.slice(0, 100) },
  ],
  ['resources by tag', '{ resources(first: 20, filter: { tag: { key: "Name" } }) { totalCount nodes { name } } }', {}],
  ['resources by text', '{ resources(first: 20, filter: { search: "web" }) { totalCount nodes { name } } }', {}],
  [
    'resources of several services and states',
    '{ resources(first: 20, filter: { service: ["ec2", "ebs", "rds"], state: ["running", "available"] }) { totalCount nodes { name } } }',
    {},
  ],
  [
    '200 resources with their dependencies',
    '{ resources(first: 200) { nodes { name dependencies { edges { kind target { identifier } } } } } }',
    {},
  ],
];

const FINDINGS: readonly (readonly [string, string, object])[] = [
  [
    'findings of several severities',
    '{ findings(first: 50, filter: { severity: [CRITICAL, HIGH, LOW] }) { totalCount nodes { summary resource { name } } } }',
    {},
  ],
  ['100 resources with their findings', '{ resources(first: 100) { nodes { findings { totalCount } } } }', {}],
];

describe('with the index complete', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      world: () => world,
      scanorbit: [{ movingScans: false }],
      scanopy: [{}],
      config: { index: { enabled: true, directory: null } },
    });
    await untilIndexed(harness);
  });
  afterAll(() => harness.close());

  it.each([...QUESTIONS, ...FINDINGS])('%s cost no upstream call', async (_, query, variables) => {
    harness.resetUpstreamCalls();
    const { errors } = await harness.query(query, { ...variables });
    expect(errors).toBeUndefined();
    expect(harness.upstreamCalls()).toBe(0);
  });

  it.each([...QUESTIONS, ...FINDINGS])('%s are answered as the upstream answers them', async (_, query, variables) => {
    const bare = await startHarness({
      world: () => world,
      scanorbit: [{ movingScans: false }],
      config: { limits: { cost: { scanorbit: 1000 } } },
    });
    const [indexed, asked] = await Promise.all([
      harness.query<object>(query, { ...variables }),
      bare.query<object>(query, { ...variables }),
    ]);
    await bare.close();
    expect(sorted(indexed.data)).toEqual(sorted(asked.data));
  });

  it('a client that says no-cache is answered by the upstream', async () => {
    harness.resetUpstreamCalls();
    await harness.query(QUESTIONS[2]?.[1] ?? '', {}, { 'cache-control': 'no-cache' });
    expect(harness.upstreamCalls()).toBeGreaterThanOrEqual(3);
  });
});

it('findings of several severities have one order, whether the index answers or the upstream', async () => {
  const query = '{ findings(first: 100, filter: { severity: [HIGH, LOW] }) { nodes { severity createdAt } } }';
  const options = { world: () => world, scanorbit: [{ movingScans: false }] };
  const indexed = await startHarness({ ...options, config: { index: { enabled: true, directory: null } } });
  const bare = await startHarness(options);
  await untilIndexed(indexed);
  const answers = await Promise.all([indexed, bare].map((of) => of.query<object>(query)));
  await Promise.all([indexed.close(), bare.close()]);
  expect(answers[0]?.data).toEqual(answers[1]?.data);
});

describe('after a restart, with the pictures of the last run', () => {
  let directory: string;
  let harness: Harness;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'inventory-'));
    const options = {
      world: () => world,
      scanorbit: [{ movingScans: false }],
      config: { index: { enabled: true, directory } },
    };
    harness = await startHarness(options);
    await untilIndexed(harness);
  });
  afterAll(async () => {
    await harness.close();
    await rm(directory, { recursive: true });
  });

  it('by-id questions, local filters and edges cost one look at the newest scans, until a scan completes', async () => {
    const { createGateway } = await import('#server/create-gateway.ts');
    const gateway = await createGateway(harness.config);
    const ask = async (query: string, variables: object) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { extensions } = (await response.json()) as { extensions: { cost: { requests: { scanorbit?: number } } } };
      return extensions.cost.requests.scanorbit ?? 0;
    };
    await sleep(200);
    const [byId, byTag, byText, several] = QUESTIONS;
    const costs: number[] = [];
    for (const question of [byId, byTag, byText, several])
      costs.push(await ask(question?.[1] ?? '', question?.[2] ?? {}));
    await gateway.close();
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(1);
  });
});

/** Order within a filter that several calls answer is each way's own. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, sorted(of)]));
};

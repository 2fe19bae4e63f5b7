import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { type Harness, post, startHarness } from '../../support/harness.ts';
import { startIndexed, untilIndexed } from '../../support/indexed-gateway.ts';

const world = createWorld({ resources: 300, findings: 200, hosts: 200 });
const resourceIds = world.cloud.resources.map(({ id }) =>
  encodeGlobalId({ type: 'Resource', source: 'scanorbit', id }),
);

type Question = readonly [string, string, object];

const QUESTIONS: readonly Question[] = [
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
];

const PLAIN_LIST: Question = [
  '200 resources with their dependencies',
  '{ resources(first: 200) { nodes { name dependencies { edges { kind target { identifier } } } } } }',
  {},
];

const EDGES_BY_ID: Question = [
  'the dependencies of 50 resources by id',
  'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Resource { dependencies { edges { kind target { identifier } } } } } }',
  { ids: resourceIds.slice(0, 50) },
];

const FINDINGS: readonly Question[] = [
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
    harness = await startIndexed({ world: () => world, scanorbit: [{ movingScans: false }], scanopy: [{}] });
  });
  afterAll(() => harness.close());

  it.each([...QUESTIONS, PLAIN_LIST, EDGES_BY_ID, ...FINDINGS])(
    '%s cost no upstream call',
    async (_, query, variables) => {
      harness.resetUpstreamCalls();
      const { errors } = await harness.query(query, { ...variables });
      expect(errors).toBeUndefined();
      expect(harness.upstreamCalls()).toBe(0);
    },
  );

  it.each([...QUESTIONS, PLAIN_LIST, EDGES_BY_ID, ...FINDINGS])(
    '%s are answered as the upstream answers them',
    async (_, query, variables) => {
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
      expect([indexed.errors, asked.errors]).toEqual([undefined, undefined]);
      expect(sorted(indexed.data)).toEqual(sorted(asked.data));
    },
  );

  it('a client that says no-cache is answered by the upstream', async () => {
    harness.resetUpstreamCalls();
    await harness.query(QUESTIONS[2]?.[1] ?? '', {}, { 'cache-control': 'no-cache' });
    expect(harness.upstreamCalls()).toBeGreaterThanOrEqual(3);
  });
});

it('findings of several severities have one order, whether the index answers or the upstream', async () => {
  const query = '{ findings(first: 100, filter: { severity: [HIGH, LOW] }) { nodes { severity createdAt } } }';
  const options = { world: () => world, scanorbit: [{ movingScans: false }] };
  const [indexed, bare] = await Promise.all([startIndexed(options), startHarness(options)]);
  const answers = await Promise.all([indexed, bare].map((of) => of.query<object>(query)));
  await Promise.all([indexed.close(), bare.close()]);
  expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined]);
  expect(answers[0]?.data).toEqual(answers[1]?.data);
});

describe('after a restart, with the snapshots of the last run', () => {
  let directory: string;
  let harness: Harness;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'inventory-'));
    harness = await startIndexed({
      world: () => world,
      scanorbit: [{ movingScans: false }],
      config: { index: { directory } },
    });
  });
  afterAll(async () => {
    await harness.close();
    await rm(directory, { recursive: true });
  });

  const restarted = async (): Promise<Gateway> => {
    // Who closes has written what it read.
    await harness.gateway.close();
    const gateway = await createGateway(harness.config);
    await untilIndexed({ query: (query) => post(gateway.url, { query }) });
    return gateway;
  };

  it('by-id questions, local filters and edges cost at most one look at the newest scans, a plain list its pages', async () => {
    const gateway = await restarted();
    const costOf = async ([, query, variables]: Question): Promise<number> => {
      const { errors, extensions } = await post(gateway.url, { query, variables });
      expect(errors).toBeUndefined();
      return extensions.cost.requests.scanorbit ?? 0;
    };
    let looks = 0;
    for (const question of [...QUESTIONS, EDGES_BY_ID]) looks += await costOf(question);
    const pages = await costOf(PLAIN_LIST);
    await gateway.close();
    expect(looks).toBeLessThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(2);
  });
});

/** Order within a filter that several calls answer is each way's own. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, sorted(of)]));
};

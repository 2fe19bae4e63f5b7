import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const world = createWorld({ resources: 300, findings: 300 });

/** A list of this world has three pages: one that is read whole may run, four of them may not. */
const OPTIONS: HarnessOptions = {
  world: () => world,
  scanorbit: [{ movingScans: false }],
  config: { limits: { cost: { scanorbit: 11 } } },
};
const LOOK_AT_SCANS = 1;

const LISTS: Readonly<Record<string, string>> = {
  'resources in an order':
    'resources(first: 5, orderBy: { field: COST, direction: DESC }) { totalCount nodes { name } }',
  'resources by text': 'resources(first: 5, filter: { search: "web" }) { totalCount nodes { name } }',
  'resources by tag': 'resources(first: 5, filter: { tag: { key: "Name" } }) { totalCount nodes { name } }',
  'resources of several services and regions':
    'resources(first: 5, filter: { service: ["ec2", "rds"], region: ["eu-west-1", "us-east-1"] }) { totalCount }',
  'resources that are gone': 'resources(first: 5, filter: { stale: true }) { totalCount }',
  'findings in an order': 'findings(first: 5, orderBy: { field: SEVERITY }) { totalCount nodes { summary } }',
  'findings of several severities and states':
    'findings(first: 5, filter: { severity: [HIGH, LOW], status: [OPEN, RESOLVED] }) { totalCount }',
  'resources by text within each account': 'accounts { resources(first: 5, filter: { search: "web" }) { totalCount } }',
  'findings of several types within each account':
    'accounts { findings(first: 5, filter: { severity: [HIGH, LOW] }) { totalCount } }',
  'findings of resources': 'resources(first: 5, orderBy: { field: NAME }) { nodes { findings { totalCount } } }',
  'resources of findings': 'findings(first: 5, orderBy: { field: SEVERITY }) { nodes { resource { tags { key } } } }',
};

const fourOf = (text: string): string => `{ ${[1, 2, 3, 4].map((i) => text.replace(/^/, `a${i}: `)).join(' ')} }`;
const ORDERED = Object.entries(LISTS).filter(([, text]) => /^(resources|findings)\(/.test(text));

interface Cost {
  readonly requests: Readonly<Record<string, number>>;
  readonly estimated?: Readonly<Record<string, number>>;
}

const ask = async (harness: Harness, query: string, variables: object = {}, headers: Record<string, string> = {}) => {
  harness.resetUpstreamCalls();
  const { errors, extensions } = await harness.query(query, { ...variables }, headers);
  const { requests, estimated } = extensions.cost as Cost;
  return { errors, calls: harness.upstreamCalls(), requests: requests.scanorbit ?? 0, estimated: estimated?.SCANORBIT };
};

describe('with the index complete', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startIndexed(OPTIONS);
    await harness.query('{ accounts { name } }');
  });
  afterAll(() => harness.close());

  it.each(Object.entries(LISTS))(
    '%s are estimated at what they cost: nothing but a look at the scans',
    async (_, text) => {
      const { errors, calls, estimated } = await ask(harness, `{ ${text} }`);
      expect(errors).toBeUndefined();
      expect(calls).toBe(0);
      expect(estimated).toBeLessThanOrEqual(LOOK_AT_SCANS + (text.startsWith('accounts') ? 1 : 0));
    },
  );

  it.each(ORDERED)('four lists in one operation, of %s, run', async (_, text) => {
    const { errors, calls } = await ask(harness, fourOf(text));
    expect(errors).toBeUndefined();
    expect(calls).toBe(0);
  });

  it('what the index does not answer is priced as a request: only the upstream has which services are paid', async () => {
    const paid = '{ resources(first: 5, filter: { cost: PAID, search: "web" }) { totalCount } }';
    const { errors, calls, requests, estimated = 0 } = await ask(harness, paid);
    expect(errors).toBeUndefined();
    expect(calls).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(estimated);
  });

  it('ids that a caller invents are priced as the requests for them', async () => {
    const ids = Array.from({ length: 2 }, (_, i) =>
      encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: `00000000-0000-4000-8000-00000000000${i}` }),
    );
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Resource { tags { key } } } }';
    const { errors, requests, estimated = 0 } = await ask(harness, query, { ids });
    expect(errors).toBeUndefined();
    expect(requests).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(estimated);
  });

  it('an operation that bypasses the index is priced without it, and refused without a call', async () => {
    const past = { 'cache-control': 'no-cache' };
    const { errors, calls } = await ask(harness, fourOf(String(LISTS['resources in an order'])), {}, past);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', limit: 11, estimate: 13 });
    expect(calls).toBe(0);
  });
});

describe('without the index', () => {
  let harness: Harness;
  afterEach(() => harness.close());

  it.each(ORDERED.slice(0, 3))('four lists in one operation, of %s, are refused', async (_, text) => {
    harness = await startHarness(OPTIONS);
    await harness.query('{ resources { totalCount } findings { totalCount } }');
    const { errors, calls } = await ask(harness, fourOf(text));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', estimate: 13 });
    expect(calls).toBe(0);
  });
});

describe('where findings are stored in another case than the upstream filters by', () => {
  it('a filter by severity is estimated at the whole list that it reads, once that is known', async () => {
    const findings = world.cloud.findings.map((row) => ({ ...row, severity: row.severity.toUpperCase() }));
    const harness = await startHarness({ scanorbit: [{ movingScans: false, world: { ...world.cloud, findings } }] });
    const low = '{ findings(first: 1, filter: { severity: [LOW] }) { totalCount } }';
    await ask(harness, low);
    const { errors, requests, estimated = 0 } = await ask(harness, low, {}, { 'cache-control': 'no-cache' });
    expect(errors).toBeUndefined();
    expect(requests).toBeGreaterThan(2);
    expect(requests).toBeLessThanOrEqual(estimated);
    await harness.close();
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { countBy, countsOf, everyNode, GROUP_FIELDS, type Groups } from './counted.ts';

interface ResourceRow {
  readonly service: string;
  readonly region: string | null;
  readonly state: string | null;
  readonly account: { readonly id: string };
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly costEstimateMonthly: string | null;
}

interface FindingRow {
  readonly severity: string;
  readonly status: string;
  readonly type: string;
  readonly account: { readonly id: string };
  readonly resource: { readonly service: string; readonly region: string | null } | null;
}

const given = (value: string | null | undefined): readonly string[] => (typeof value === 'string' ? [value] : []);

const RESOURCES: Readonly<Record<string, (row: ResourceRow) => readonly string[]>> = {
  SERVICE: ({ service }) => [service],
  REGION: ({ region }) => given(region),
  STATE: ({ state }) => given(state),
  ACCOUNT: ({ account }) => [account.id],
  TAG: ({ tags }) => tags.flatMap(({ key, value }) => (key === 'Name' ? [value] : [])),
};
const FINDINGS: Readonly<Record<string, (row: FindingRow) => readonly string[]>> = {
  SEVERITY: ({ severity }) => [severity],
  STATUS: ({ status }) => [status],
  TYPE: ({ type }) => [type],
  ACCOUNT: ({ account }) => [account.id],
  RESOURCE_SERVICE: ({ resource }) => given(resource?.service),
  RESOURCE_REGION: ({ resource }) => given(resource?.region),
};
const RESOURCE_FIELDS = 'service region state account { id } tags { key value } costEstimateMonthly';
const FINDING_FIELDS = 'severity status type account { id } resource { service region }';

const RESOURCE_GROUPS = `query ($by: [ResourceDimension!]!, $filter: ResourceFilter, $orderBy: ResourceGroupOrder, $first: Int) {
  list: resourceGroups(by: $by, tag: "Name", filter: $filter, orderBy: $orderBy, first: $first) {
    ${GROUP_FIELDS} monthlyCost groups { monthlyCost }
  }
}`;
const FINDING_GROUPS = `query ($by: [FindingDimension!]!, $filter: FindingFilter) {
  list: findingGroups(by: $by, filter: $filter, first: 1000) { ${GROUP_FIELDS} }
}`;

const upToTwo = (names: Readonly<Record<string, unknown>>) =>
  fc.uniqueArray(fc.constantFrom(...Object.keys(names)), { minLength: 1, maxLength: 2 });
const resourceFilter = fc.constantFrom<object>(
  {},
  { service: ['ec2', 'ebs', 'rds'] },
  { region: ['eu-west-1'], service: ['ec2'] },
  { state: ['running', 'available'] },
  { tag: { key: 'Name' } },
  { search: 'web' },
  { stale: true },
  { stale: false, service: ['ebs'] },
  { service: [] },
  { monthlyCost: { min: '1', max: '40.00' } },
  { hasFinding: { severity: ['HIGH', 'CRITICAL'], status: ['OPEN'] } },
  { tag: { key: 'Name', exists: false }, service: ['ebs', 'rds'] },
);
const findingFilter = fc.constantFrom<object>(
  {},
  { status: ['OPEN'] },
  { severity: ['CRITICAL', 'HIGH'] },
  { severity: ['HIGH'], status: ['OPEN'] },
  { type: ['orphaned_volume', 'missing_tag'] },
  { status: [] },
  { resourceService: ['ec2', 'ebs'], status: ['OPEN'] },
  { resourceRegion: ['eu-west-1'] },
);

/** Sums are whole cents. */
const cents = (amount: string | null | undefined): bigint => BigInt(Math.round(Number.parseFloat(amount ?? '0') * 100));

const world = createWorld({ seed: 8, resources: 460, findings: 190, hosts: 150 });

const ask = async (harness: Harness, document: string, variables: Record<string, unknown>): Promise<Groups> => {
  const { data, errors }: Answer<{ list: Groups }> = await harness.query(document, variables);
  expect(errors).toBeUndefined();
  return data.list;
};

describe.each([
  ['observed', 'INDEX', undefined],
  ['observed', 'LISTS', undefined],
  ['documented', 'INDEX', undefined],
  ['documented', 'LISTS', undefined],
  ['observed', 'INDEX', 7],
  ['observed', 'LISTS', 7],
] as const)('ScanOrbit, %s, counted from %s, %s rows an instant', (edition, from, ties) => {
  let harness: Harness;
  beforeAll(async () => {
    const options = {
      scanorbit: [{ edition, movingScans: false, ...(ties && { ties }) }],
      world: () => world,
      config: { limits: { cost: { scanorbit: 1000 } } },
    };
    harness = await (from === 'INDEX' ? startIndexed(options) : startHarness(options));
  });
  afterAll(() => harness.close());

  it('groups of resources are counts over the whole list, and their costs sums over it', async () => {
    await fc.assert(
      fc.asyncProperty(upToTwo(RESOURCES), resourceFilter, async (by, filter) => {
        const rows = await everyNode<ResourceRow>(harness, 'resources', 'ResourceFilter', filter, RESOURCE_FIELDS);
        const wanted = countBy(
          rows,
          by.map((name) => RESOURCES[name] ?? (() => [])),
        );
        const answer = await ask(harness, RESOURCE_GROUPS, { by, filter, first: 1000 });
        expect(countsOf(answer)).toEqual(Object.fromEntries([...wanted].map(([key, of]) => [key, of.length])));
        expect(answer).toMatchObject({ totalCount: rows.length, groupCount: wanted.size, complete: true });
        expect(answer.readings).toEqual([{ from, missing: 0 }]);
        for (const { keys, monthlyCost } of answer.groups) {
          const of = wanted.get(JSON.stringify(keys.map(({ value }) => value))) ?? [];
          expect(cents(monthlyCost)).toBe(of.reduce((sum, row) => sum + cents(row.costEstimateMonthly), 0n));
        }
        expect(cents(answer.monthlyCost)).toBe(rows.reduce((sum, row) => sum + cents(row.costEstimateMonthly), 0n));
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  it('groups of findings are counts over the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(upToTwo(FINDINGS), findingFilter, async (by, filter) => {
        const rows = await everyNode<FindingRow>(harness, 'findings', 'FindingFilter', filter, FINDING_FIELDS);
        const wanted = countBy(
          rows,
          by.map((name) => FINDINGS[name] ?? (() => [])),
        );
        const answer = await ask(harness, FINDING_GROUPS, { by, filter });
        expect(countsOf(answer)).toEqual(Object.fromEntries([...wanted].map(([key, of]) => [key, of.length])));
        expect(answer).toMatchObject({ totalCount: rows.length, groupCount: wanted.size, complete: true });
        const [reading] = answer.readings;
        expect(from === 'LISTS' ? ['LISTS', 'STATISTICS'] : [from]).toContain(reading?.from);
      }),
      { numRuns: 20, seed: 4 },
    );
  });

  it.runIf(from === 'INDEX')('every dimension costs no request, whatever the filter', async () => {
    harness.resetUpstreamCalls();
    for (const by of Object.keys(RESOURCES))
      for (const filter of fc.sample(resourceFilter, 3)) await ask(harness, RESOURCE_GROUPS, { by, filter });
    for (const by of Object.keys(FINDINGS))
      for (const filter of fc.sample(findingFilter, 3)) await ask(harness, FINDING_GROUPS, { by, filter });
    expect(harness.upstreamCalls()).toBe(0);
  });
});

describe('groups', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{ movingScans: false }], world: () => world });
  });
  afterAll(() => harness.close());

  const groupsBy = async (variables: object) => (await ask(harness, RESOURCE_GROUPS, { ...variables })).groups;

  it('come with the most rows first, cut at `first`, and equal ones by their values', async () => {
    const all = await groupsBy({ by: ['SERVICE'], first: 1000 });
    const inOrder = all.toSorted(
      (a, b) => b.count - a.count || ((a.keys[0]?.value ?? '') < (b.keys[0]?.value ?? '') ? -1 : 1),
    );
    expect(all).toEqual(inOrder);
    expect(await groupsBy({ by: ['SERVICE'], first: 3 })).toEqual(all.slice(0, 3));
    const fewest = await groupsBy({ by: ['SERVICE'], orderBy: { field: 'COUNT', direction: 'ASC' }, first: 1000 });
    expect(fewest.map(({ count }) => count)).toEqual(all.map(({ count }) => count).toReversed());
  });

  it('can come in the order of their costs, unknown ones last', async () => {
    for (const direction of ['DESC', 'ASC']) {
      const costs = (await groupsBy({ by: ['REGION'], orderBy: { field: 'COST', direction }, first: 1000 })).map(
        ({ monthlyCost }) => (monthlyCost === null ? null : Number(monthlyCost)),
      );
      const known = costs.filter((cost) => typeof cost === 'number');
      expect(known).toEqual(known.toSorted((a, b) => (direction === 'ASC' ? a - b : b - a)));
      expect(costs.slice(known.length).every((cost) => cost === null)).toBe(true);
    }
  });

  it('name accounts for people, and by the id that node and filters take', async () => {
    const groups = await groupsBy({ by: ['ACCOUNT'] });
    const { data } = await harness.query<{ accounts: readonly { readonly id: string; readonly name: string }[] }>(
      '{ accounts { id name } }',
    );
    const names = new Map(data.accounts.map(({ id, name }) => [id, name]));
    expect(groups.length).toBeGreaterThan(1);
    for (const { keys } of groups) expect(keys[0]?.label).toBe(names.get(keys[0]?.value ?? ''));
  });

  it('keep what has no value in a group of its own', async () => {
    const [none] = (await groupsBy({ by: ['TAG'], first: 1000 })).filter(({ keys }) => keys[0]?.value === null);
    expect(none?.keys).toEqual([{ value: null, label: 'without this tag' }]);
  });

  it.each([
    ['no dimension', { by: [] }, 'Expected "by" to hold one or two dimensions, got 0.'],
    ['three of them', { by: ['SERVICE', 'REGION', 'STATE'] }, 'Expected "by" to hold one or two dimensions, got 3.'],
    ['one twice', { by: ['SERVICE', 'SERVICE'] }, 'Expected "by" to hold different dimensions, got SERVICE twice.'],
    ['no group', { by: ['SERVICE'], first: 0 }, 'Expected "first" to be between 1 and 1000, got 0.'],
  ])('are refused for %s', async (_, variables, message) => {
    const { errors } = await harness.query(RESOURCE_GROUPS, variables);
    expect(errors?.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });

  it('by a tag need its key', async () => {
    const { errors } = await harness.query('{ resourceGroups(by: [TAG]) { totalCount } }');
    expect(errors?.[0]?.message).toBe('Expected "tag" to name the key to count by, got none.');
  });
});

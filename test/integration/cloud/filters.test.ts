import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldFinding, WorldResource } from '#demo/world/cloud-world.ts';
import { type CloudHarness, startCloud } from './cloud-harness.ts';

interface Listed {
  readonly list: { readonly totalCount: number; readonly nodes: readonly { sourceId: string }[] };
}

const RESOURCES =
  'query ($filter: ResourceFilter) { list: resources(first: 1000, filter: $filter) { totalCount nodes { sourceId } } }';
const FINDINGS =
  'query ($filter: FindingFilter) { list: findings(first: 1000, filter: $filter) { totalCount nodes { sourceId } } }';

let cloud: CloudHarness;
let accountIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  cloud = await startCloud({ resources: 720, findings: 290 });
  const { data } = await cloud.query<{ accounts: { id: string; sourceId: string }[] }>('{ accounts { id sourceId } }');
  accountIds = Object.fromEntries(data.accounts.map(({ id, sourceId }) => [sourceId, id]));
});
afterAll(() => cloud.close());

const listed = async (query: string, filter: object): Promise<ReadonlySet<string>> => {
  const { data, errors } = await cloud.query<Listed>(query, { filter });
  expect(errors).toBeUndefined();
  const ids = data.list.nodes.map(({ sourceId }) => sourceId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(data.list.totalCount).toBe(ids.length);
  return new Set(ids);
};

const idsOf = (rows: readonly { id: string }[]): ReadonlySet<string> => new Set(rows.map(({ id }) => id));

const oneOf = (values: readonly unknown[] | undefined, value: unknown): boolean => !values || values.includes(value);

const values = <T>(items: readonly (T | null)[]): fc.Arbitrary<T[] | undefined> =>
  fc.option(fc.subarray([...new Set(items.filter((item) => item !== null))], { maxLength: 4 }), { nil: undefined });

describe('every filter is answered completely and by matching rows only', () => {
  it('of resources', async () => {
    const rows = cloud.world.resources;
    const filters = fc.record({
      account: fc.option(fc.constantFrom(...cloud.world.accounts.map(({ id }) => id)), { nil: undefined }),
      region: values(rows.map((row) => row.region)),
      service: values([...rows.map((row) => row.service), 'no_such_service']),
      state: values(rows.map((row) => row.state)),
      search: fc.option(fc.constantFrom('ORDERS', 'arn:aws', 'platform', 'zzz'), { nil: undefined }),
      tag: fc.option(fc.constantFrom({ key: 'Name' }, { key: 'Name', value: 'cache-01' }, { key: 'nope' }), {
        nil: undefined,
      }),
    });
    const holds =
      ({
        account,
        region,
        service,
        state,
        search,
        tag,
      }: Partial<Record<string, unknown>> & {
        region?: string[] | undefined;
        service?: string[] | undefined;
        state?: string[] | undefined;
        search?: string | undefined;
        tag?: { key: string; value?: string } | undefined;
      }) =>
      (row: WorldResource) => {
        const tags = Object.entries(row.tags ?? {});
        const texts = [row.name ?? '', row.resourceId, ...tags.flat()];
        return (
          (account === undefined || row.accountId === account) &&
          oneOf(region, row.region) &&
          oneOf(service, row.service) &&
          oneOf(state, row.state) &&
          (!search || texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))) &&
          (!tag || tags.some(([key, value]) => key === tag.key && (tag.value === undefined || value === tag.value)))
        );
      };
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { account, ...rest } = filter;
        const got = await listed(RESOURCES, { ...rest, account: account && accountIds[account] });
        expect(got).toEqual(idsOf(rows.filter(holds(filter))));
      }),
      { numRuns: 60 },
    );
  });

  it('of findings, critical and trivial ones included', async () => {
    const rows = cloud.world.findings;
    const upper = (word: string) => word.toUpperCase();
    const filters = fc.record({
      account: fc.option(fc.constantFrom(...cloud.world.accounts.map(({ id }) => id)), { nil: undefined }),
      severity: values(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'TRIVIAL', 'UNKNOWN']),
      status: values(['OPEN', 'RESOLVED', 'SNOOZED', 'IGNORED', 'UNKNOWN']),
      type: values([...rows.map((row) => row.type), 'no_such_type']),
    });
    const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'TRIVIAL'];
    const severityOf = (row: WorldFinding) =>
      severities.includes(upper(row.severity)) ? upper(row.severity) : 'UNKNOWN';
    await fc.assert(
      fc.asyncProperty(filters, async ({ account, ...filter }) => {
        const got = await listed(FINDINGS, { ...filter, account: account && accountIds[account] });
        const wanted = rows.filter(
          (row) =>
            (account === undefined || row.accountId === account) &&
            oneOf(filter.severity, severityOf(row)) &&
            oneOf(filter.status, upper(row.status)) &&
            oneOf(filter.type, row.type),
        );
        expect(got).toEqual(idsOf(wanted));
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a filter costs', () => {
  const callsFor = async (query: string, filter: object): Promise<readonly string[]> => {
    const alone = await startCloud({ resources: 720, findings: 290 });
    // The lengths of the lists are known, as they soon are in production: pricing the operation sends nothing.
    await alone.query('{ resources(first: 1) { totalCount } findings(first: 1) { totalCount } }');
    alone.cloud.resetCalls();
    const { errors } = await alone.query(query, { filter });
    expect(errors).toBeUndefined();
    const calls = alone.cloud.calls
      .filter(({ endpoint }) => !endpoint.startsWith('/scans'))
      .map(({ endpoint, query: { page: _, limit: __, ...sent } }) => `${endpoint} ${JSON.stringify(sent)}`);
    await alone.close();
    return calls;
  };

  it('one value of each parameter is sent to the upstream: one call', async () => {
    const calls = await callsFor(RESOURCES, {
      service: ['rds'],
      region: ['eu-west-1'],
      state: ['available'],
      cost: 'PAID',
    });
    expect(calls).toEqual([
      '/resources {"region":"eu-west-1","service":"rds","state":"available","costFilter":"paid"}',
    ]);
  });

  it('two values of one parameter are requested one after the other: two calls', async () => {
    const calls = await callsFor(RESOURCES, { service: ['rds', 'kms_key'] });
    expect(calls.toSorted()).toEqual(['/resources {"service":"kms_key"}', '/resources {"service":"rds"}']);
  });

  it('an empty value is never sent', async () => {
    const calls = await callsFor(RESOURCES, { state: [''], service: ['rds'] });
    expect(calls).toEqual(['/resources {"service":"rds"}']);
  });

  it('critical findings are read from the narrowest list: those of the type', async () => {
    const calls = await callsFor(FINDINGS, { severity: ['CRITICAL', 'HIGH'], type: ['ssl_expiry'] });
    expect(calls).toEqual(['/findings {"type":"ssl_expiry"}']);
  });

  it('an empty list of values costs nothing and matches nothing', async () => {
    expect(await callsFor(RESOURCES, { service: [] })).toEqual([]);
  });

  it('the id of another type is refused before any upstream request', async () => {
    cloud.cloud.resetCalls();
    const { data } = await cloud.query<{ organizations: { id: string }[] }>('{ organizations { id } }');
    const { errors } = await cloud.query(RESOURCES, { filter: { account: data.organizations[0]?.id } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('CloudAccount');
    expect(cloud.cloud.countOf('/resources')).toBe(0);
  });

  it('an unknown source is refused, and the error names the known ones', async () => {
    const { errors } = await cloud.query(RESOURCES, { filter: { source: 'nope' } });
    expect(errors?.[0]?.message).toBe('Expected "source" to be one of "scanorbit", got "nope".');
  });
});

import { describe, expect, it } from 'vitest';
import { EDITIONS, startCloud } from './cloud-harness.ts';

const COMPANY = { resources: 1200, findings: 310 } as const;

/** Calls of one operation against a server that has got no request before. */
const callsOf = async (query: string, edition: (typeof EDITIONS)[number] = 'observed') => {
  const cloud = await startCloud({ ...COMPANY, edition });
  const { data, errors } = await cloud.query<Record<string, { nodes: Record<string, unknown>[] }>>(query);
  expect(errors).toBeUndefined();
  const cold = cloud.cloud.countOf();
  const endpoints = Object.groupBy(cloud.cloud.calls, ({ endpoint }) => endpoint);
  cloud.cloud.resetCalls();
  await cloud.query(query);
  const warm = cloud.cloud.countOf();
  await cloud.close();
  const count = (endpoint: string) => endpoints[endpoint]?.length ?? 0;
  return { data, cold, warm, count };
};

describe.each(EDITIONS)('on the %s edition', (edition) => {
  it('100 findings with resource, account and last scan cost 15 upstream calls, and none again', async () => {
    const { data, cold, warm, count } = await callsOf(
      '{ findings(first: 100) { nodes { severity resource { name service } account { name } lastScan { status } } } }',
      edition,
    );
    const nodes = data.findings?.nodes ?? [];
    expect(nodes).toHaveLength(100);
    expect(nodes.filter(({ resource }) => resource).length).toBeGreaterThan(70);
    expect(nodes.every(({ account }) => account)).toBe(true);
    expect(nodes.some(({ lastScan }) => lastScan)).toBe(true);
    expect(count('/findings')).toBe(1);
    expect(count('/accounts')).toBe(1);
    expect(count('/scans/recent')).toBe(1);
    expect(count('/resources')).toBeLessThanOrEqual(12);
    expect(cold).toBe(15);
    expect(warm).toBe(0);
  });

  it('50 resources with their dependencies cost 52 upstream calls, and none again until a scan completes', async () => {
    const { cold, warm } = await callsOf(
      '{ resources(first: 50) { nodes { dependencies { edges { kind target { kind identifier } } } } } }',
      edition,
    );
    expect(cold).toBe(52);
    expect(warm).toBe(0);
  });
});

it('100 findings with their resources cost 14 upstream calls', async () => {
  expect((await callsOf('{ findings(first: 100) { nodes { resource { name } } } }')).cold).toBeLessThanOrEqual(14);
});

it('100 resources with their findings cost 6 upstream calls', async () => {
  const { cold } = await callsOf('{ resources(first: 100) { nodes { findings { totalCount nodes { type } } } } }');
  expect(cold).toBe(6);
});

it('3 resources with their findings cost a request each, not the list of all findings', async () => {
  const { count } = await callsOf('{ resources(first: 3) { nodes { findings { totalCount } } } }');
  expect(count('/findings')).toBe(3);
});

it('what a reference holds costs nothing: 100 findings and the ids of all resources they name are one upstream call', async () => {
  const { cold, data } = await callsOf(
    `{ findings(first: 100) { nodes { resource { id sourceId ...Named } account { id } lastScan { id __typename } certificate { id } source { name } } } }
     fragment Named on Node { id }`,
  );
  expect(cold).toBe(1);
  expect(data.findings?.nodes.filter(({ resource }) => resource).length).toBeGreaterThan(70);
});

it('accounts with the scans, resources and findings of each cost one list call per account and kind', async () => {
  const { count } = await callsOf(
    `{ accounts { name scans { totalCount } resources(first: 10) { totalCount } findings(first: 10) { totalCount } } }`,
  );
  expect(count('/accounts')).toBe(1);
  expect(count('/scans/recent')).toBe(1);
  expect(count('/scans/active')).toBe(1);
  expect(count('/resources')).toBe(4);
  expect(count('/findings')).toBe(4);
});

import { expect, it, onTestFinished } from 'vitest';
import { untilIndexed } from '../../support/indexed-gateway.ts';
import { EDITIONS, startCloud } from './cloud-harness.ts';

/** What each list can be narrowed by; an unknown key is ignored, and the whole list comes back. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '/resources': ['page', 'limit', 'awsAccountId', 'region', 'service', 'state', 'costFilter'],
  '/findings': ['page', 'limit', 'awsAccountId', 'resourceId', 'severity', 'status', 'type'],
  '/scans/recent': ['limit'],
};

const FILTERS = [
  ...[{}, { region: [''] }, { service: [''] }, { state: [''] }, { service: ['ec2', ''] }, { cost: 'PAID' }],
  ...[{ service: [] }, { tag: { key: '' } }, { search: '' }, { state: ['running'], region: ['eu-central-1'] }],
];
const FINDING_FILTERS = [
  ...[
    {},
    { type: [''] },
    { type: ['ssl_expiry'] },
    { severity: ['CRITICAL'] },
    { severity: ['HIGH'] },
    { severity: ['UNKNOWN'] },
  ],
  ...[{ severity: [] }, { status: ['OPEN'] }, { status: ['UNKNOWN'] }, { resourceService: [''] }],
];

it.each(EDITIONS)(
  'a server of the %s edition is only read, by parameters that its lists have, and never by an empty one or too large a page',
  async (edition) => {
    const { query, cloud, close } = await startCloud(
      { resources: 720, findings: 290, edition },
      {},
      { config: { index: { enabled: true, directory: null } } },
    );
    onTestFinished(close);
    const answered = async (...asked: Parameters<typeof query>) =>
      expect((await query(...asked)).errors?.map(({ message }) => message) ?? []).toEqual([]);
    const live = { 'cache-control': 'no-cache' };
    for (const filter of FILTERS)
      await answered(
        'query ($filter: ResourceFilter) { resources(first: 5, filter: $filter) { nodes { name dependencies { totalCount } } } }',
        { filter },
        live,
      );
    for (const filter of FINDING_FILTERS)
      await answered(
        'query ($filter: FindingFilter) { findings(first: 5, filter: $filter) { nodes { certificate { primaryDomain } resource { name } } } }',
        { filter },
        live,
      );
    await query(
      '{ accounts { name } organizations { name } scans: sources { name health } resourceRegions }',
      {},
      live,
    );
    await untilIndexed({ query });
    expect([...new Set(cloud.calls.map(({ endpoint }) => endpoint))]).toEqual(
      expect.arrayContaining([...Object.keys(KEYS), '/resources/{id}/dependencies', '/findings/{id}', '/accounts']),
    );
    for (const { method, path, endpoint, query: sent } of cloud.calls) {
      expect([path, method]).toEqual([path, 'GET']);
      const unknown = Object.keys(sent).filter((key) => !KEYS[endpoint]?.includes(key));
      const empty = Object.entries(sent).filter(([, value]) => value === '');
      expect([path, unknown, empty]).toEqual([path, [], []]);
      expect(['low', 'medium', 'high', undefined]).toContain(sent.severity);
      expect(Number(sent.limit ?? 1)).toBeLessThanOrEqual(100);
      expect(Number(sent.limit ?? 1)).toBeGreaterThan(0);
    }
  },
);

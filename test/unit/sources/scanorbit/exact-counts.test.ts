import { describe, expect, it } from 'vitest';
import { exactCounts, knownCounts } from '#sources/scanorbit/exact-counts.ts';

const counts = (of: Readonly<Record<string, number>>) => Object.entries(of).map(([key, count]) => ({ key, count }));

const resources = {
  total: 10,
  byService: counts({ ec2: 7, s3: 3 }),
  byRegion: counts({ 'eu-west-1': 6, unknown: 4 }),
  byState: counts({ running: 7, '': 3 }),
};
const findings = {
  total: 9,
  byStatus: counts({ open: 5, OPEN: 1, resolved: 2, parked: 1 }),
  bySeverity: counts({ high: 2, HIGH: 1, low: 2, apocalyptic: 1 }),
  byType: counts({ ssl_expiry: 6 }),
};

describe('statistics of resources', () => {
  it('count by service where the counts add up to all of them', () => {
    expect(knownCounts('RESOURCES_BY_SERVICE', { resources })).toEqual({
      total: 10,
      counts: [
        { value: 'ec2', count: 7 },
        { value: 's3', count: 3 },
      ],
    });
    const short = { ...resources, byService: counts({ ec2: 7 }) };
    expect(knownCounts('RESOURCES_BY_SERVICE', { resources: short })).toBeNull();
  });

  it('count an empty value apart from none', () => {
    expect(knownCounts('RESOURCES_BY_STATE', { resources })?.counts).toContainEqual({ value: '', count: 3 });
  });

  it('may mean by "unknown" that there is no region, or a region of that name: the regions that occur decide', async () => {
    expect(knownCounts('RESOURCES_BY_REGION', { resources })).toBeNull();
    expect(knownCounts('RESOURCES_BY_REGION', { resources, regions: ['eu-west-1', 'unknown'] })).toBeNull();
    const asked: string[] = [];
    const ask = {
      resources: async () => resources,
      regions: async () => {
        asked.push('regions');
        return ['eu-west-1'];
      },
      findings: async () => findings,
    };
    expect((await exactCounts('RESOURCES_BY_REGION', ask))?.counts).toContainEqual({ value: null, count: 4 });
    expect(await exactCounts('RESOURCES_BY_SERVICE', ask)).not.toBeNull();
    expect(asked).toEqual(['regions']);
  });
});

describe('statistics of findings', () => {
  it('count by status in our words, whatever the letters of the server', () => {
    expect(knownCounts('FINDINGS_BY_STATUS', { findings })).toEqual({
      total: 9,
      counts: [
        { value: 'OPEN', count: 6 },
        { value: 'RESOLVED', count: 2 },
        { value: 'UNKNOWN', count: 1 },
      ],
    });
  });

  it('count the severities and types of open ones only where they add up to these', () => {
    expect(knownCounts('OPEN_FINDINGS_BY_SEVERITY', { findings })).toEqual({
      total: 6,
      counts: [
        { value: 'HIGH', count: 3 },
        { value: 'LOW', count: 2 },
        { value: 'UNKNOWN', count: 1 },
      ],
    });
    expect(knownCounts('OPEN_FINDINGS_BY_TYPE', { findings })?.total).toBe(6);
    const ofAll = { ...findings, byType: counts({ ssl_expiry: 9 }) };
    expect(knownCounts('OPEN_FINDINGS_BY_TYPE', { findings: ofAll })).toBeNull();
    expect(knownCounts('OPEN_FINDINGS_BY_TYPE', {})).toBeNull();
  });
});

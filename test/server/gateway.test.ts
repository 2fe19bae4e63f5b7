import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../harness.ts';

describe('a gateway over two ScanOrbit organizations', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{ name: 'emea' }, { name: 'apac' }] });
  });
  afterAll(() => harness.close());

  it('lists both sources in configuration order without an upstream request', async () => {
    const { data, errors, extensions } = await harness.query<{ sources: { name: string }[] }>(
      '{ sources { name kind health } }',
    );
    expect(errors).toBeUndefined();
    expect(data.sources.map((source) => source.name)).toEqual(['emea', 'apac']);
    expect(extensions.cost.requests).toEqual({});
    expect(harness.scanorbit.flatMap((cloud) => cloud.calls)).toHaveLength(0);
  });
});

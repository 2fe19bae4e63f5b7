import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXAMPLES } from '#server/http/graphiql-examples.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const nameOf = (query: string): string => {
  const [definition] = parse(query).definitions;
  return definition?.kind === 'OperationDefinition' ? (definition.name?.value ?? '') : '';
};

describe('the queries GraphiQL opens with', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      config: { index: { enabled: true, directory: null } },
    });
    await vi.waitFor(
      async () => {
        const { data } = await harness.query<{ sources: { index: { records: number } }[] }>(
          '{ sources { index { records } } }',
        );
        expect(data.sources.every(({ index }) => index.records > 0)).toBe(true);
      },
      { timeout: 90_000 },
    );
  });
  afterAll(() => harness.close());

  it.each(EXAMPLES.map((query) => [nameOf(query), query]))(
    '%s returns data on the demo, without errors, for at most 40 upstream requests',
    async (_, query) => {
      const { data, errors, extensions } = await harness.query<Record<string, unknown>>(query);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toMatch(/"totalCount":0|^\{"[^"]+":(null|\[\])/);
      for (const value of Object.values(data)) expect(Object.keys(value ?? {})).not.toHaveLength(0);
      const spent = Object.values(extensions.cost.requests).reduce((sum, count) => sum + count, 0);
      expect(spent).toBeLessThanOrEqual(40);
    },
  );
});

import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

describe('GraphQL over HTTP, audited in the production configuration', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      // Two audits send `__type`, which production refuses by default.
      config: { server: { profile: 'production', introspection: true }, federation: { enabled: true } },
    });
  });
  afterAll(() => harness.close());

  for (const audit of serverAudits({ url: () => harness.url, fetchFn: fetch })) {
    if (!/^(MUST|SHOULD)\b/.test(audit.name)) continue;
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
    });
  }
});

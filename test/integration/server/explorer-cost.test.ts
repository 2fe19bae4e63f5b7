import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const BUILT = new URL('../../../dist/explorer/persisted-documents.json', import.meta.url);
const SOURCES = { scanorbit: [{}, {}], scanopy: [{}, {}] };

/** What the page asks while the index has not read the sources. */
const UNREAD = ['OverviewCloudStatistics', 'OverviewNetworkLists'];

/** Hashes of the operations of the overview page, by name. */
const overview = new Map(
  Object.entries<string>(JSON.parse(readFileSync(BUILT, 'utf8'))).flatMap(([hash, document]) => {
    const name = /^(?:fragment[^}]+\} )*query (Overview\w*)/.exec(document)?.[1];
    // Those that end in `At` ask about a moment of the past.
    return name && !name.endsWith('At') ? [[name, hash] as const] : [];
  }),
);

let harness: Harness | undefined;
afterEach(() => harness?.close());

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly unknown[];
}

const ask = async ({ url }: Harness, name: string): Promise<Answer> => {
  const hash = overview.get(name);
  if (!hash) throw new Error(`Expected an operation ${name} in the built explorer.`);
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
  const response = await fetch(`${url}?extensions=${encodeURIComponent(extensions)}`);
  return (await response.json()) as Answer;
};

describe('the overview page of the explorer', () => {
  it('costs at most 12 requests with two sources of each kind while nothing is read', async () => {
    harness = await startHarness(SOURCES);
    for (const name of ['OverviewSources', ...UNREAD]) {
      const { data, errors } = await ask(harness, name);
      expect(errors).toBeUndefined();
      expect(Object.values(data ?? {})).not.toContain(null);
    }
    expect(harness.upstreamCalls()).toBeLessThanOrEqual(12);
  });

  it('costs nothing once the index has read the sources', async () => {
    harness = await startIndexed(SOURCES);
    harness.resetUpstreamCalls();
    for (const name of overview.keys()) {
      if (UNREAD.includes(name)) continue;
      const { data, errors } = await ask(harness, name);
      expect([name, errors]).toEqual([name, undefined]);
      expect(Object.values(data ?? {})).not.toContain(null);
    }
    expect(overview.size).toBeGreaterThan(4);
    expect(harness.upstreamCalls()).toBe(0);
  });
});

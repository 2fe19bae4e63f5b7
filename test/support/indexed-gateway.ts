import { expect, vi } from 'vitest';
import { type Harness, type HarnessOptions, startHarness } from './harness.ts';

interface Indexes {
  readonly sources: readonly { readonly index: { readonly complete: boolean } | null }[];
}

type Asked = Pick<Harness, 'query'>;

export const isIndexed = async ({ query }: Asked): Promise<boolean> => {
  const { data } = await query<Indexes>('{ sources { index { complete } } }');
  return data.sources.every(({ index }) => index?.complete);
};

export const untilIndexed = async (asked: Asked): Promise<void> => {
  await vi.waitFor(async () => expect(await isIndexed(asked)).toBe(true), { timeout: 100_000, interval: 50 });
};

/** A gateway whose index keeps nothing between runs, ready once it has read everything. */
export const startIndexed = async ({ config, ...options }: HarnessOptions): Promise<Harness> => {
  const harness = await startHarness({
    ...options,
    config: { ...config, index: { enabled: true, directory: null, ...config?.index } },
  });
  await untilIndexed(harness);
  return harness;
};

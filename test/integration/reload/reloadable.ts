import { createHash } from 'node:crypto';
import type { ConfigInput } from '#config/config.ts';
import { defineConfig } from '#sources/kinds.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Of a caller who sends it as {@link as}. */
export const key = (name: string, tenant?: string) => ({
  name,
  sha256: sha256(`key of ${name}`),
  ...(tenant && { tenant }),
});
export const as = (name: string) => ({ 'x-api-key': `key of ${name}` });

type Change = Omit<ConfigInput, 'sources'> & {
  readonly sources?: (of: NonNullable<ConfigInput['sources']>) => NonNullable<ConfigInput['sources']>;
};

export interface Running extends Harness {
  /** As the harness was configured, with these sections in place of its own. */
  reload(change: Change): boolean;
}

/** A harness whose gateway can be given another configuration. */
export const startReloadable = async (options: HarnessOptions): Promise<Running> => {
  const harness = await startHarness(options);
  const sources = harness.config.sources.map(({ apiKey, name, kind, url, budget, timeouts }) => ({
    ...{ name, kind, url, timeouts },
    budget: Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined)),
    ...(apiKey && { apiKey: apiKey.reveal() }),
  }));
  return {
    ...harness,
    reload: ({ sources: change = (of) => of, ...sections }) =>
      harness.gateway.reload(() =>
        defineConfig({
          ...options.config,
          server: { port: 0 },
          index: { enabled: false, ...options.config?.index },
          log: { level: 'silent' },
          ...sections,
          sources: change(sources),
        }),
      ),
  };
};

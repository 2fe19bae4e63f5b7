import { expect, it } from 'vitest';
import { startDemoUpstreams } from '#demo/main.ts';
import { createSources } from '#sources/create-sources.ts';
import { defineConfig, sourceKinds } from '#sources/kinds.ts';

it('shows a large budget of which nearly all is left where the demo has no rate limit', async () => {
  const upstreams = await startDemoUpstreams({
    ...{ edition: 'observed', scanopyVersion: '0.16.0', rateLimit: false, seed: 1, latency: 0 },
  });
  const sources = createSources(
    defineConfig({ sources: [...upstreams.sources], index: { enabled: false } }),
    sourceKinds,
  );
  const budgets = sources.all.all.map(({ client }) => client.status().budget);
  await sources.close();
  await upstreams.close();
  expect(budgets.map(({ limit }) => limit)).toEqual([10_000, 10_000]);
  expect(budgets.filter(({ remaining }) => remaining < 5_000)).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { post, startHarness } from '../test/support/harness.ts';

/** The pictures of README.md: the explorer over the invented company, in docs/images. Needs Chromium. */
const folder = join(import.meta.dirname, '../docs/images');
const directory = mkdtempSync(join(tmpdir(), 'screenshots-'));
const VIEWPORT = { width: 1200, height: 760 };
/** As many affected assets as can be read in a small picture. */
const WANTED = 14;

interface Indexes {
  readonly sources: readonly { readonly index: { readonly complete: boolean } }[];
}
interface Groups {
  readonly resources: { readonly nodes: readonly { readonly id: string }[] };
}
interface Affected {
  readonly impact: { readonly impacted: readonly unknown[] } | null;
}

// Without limits the index is read in seconds; the gateway that is shown starts from what was read, and has the limits of real servers.
const reader = await startHarness({
  scanorbit: [{}],
  scanopy: [{}],
  config: { index: { enabled: true, directory } },
});
const isIndexed = async (): Promise<boolean> => {
  const { data } = await reader.query<Indexes>('{ sources { index { complete } } }');
  return data.sources.every(({ index }) => index.complete);
};
while (!(await isIndexed())) await setTimeout(200);
await reader.gateway.close();
const gateway = await createGateway(
  defineConfig({
    sources: reader.config.sources.map(({ name, kind, url }, i) => ({
      name,
      kind,
      url,
      apiKey: [...reader.scanorbit, ...reader.scanopy][i]?.apiKey,
    })),
    server: { port: 0 },
    index: { directory },
    log: { level: 'silent' },
  }),
);
const browser = await launchBrowser();

/** A security group without which about as many assets break as are wanted. */
const someRoot = async (): Promise<string> => {
  const list = '{ resources(first: 100, filter: { service: ["security_group"] }) { nodes { id } } }';
  const impact = 'query ($id: ID!) { impact(id: $id, depth: 3) { impacted { distance } } }';
  const { data } = await post<Groups>(gateway.url, { query: list });
  const found: { id: string; distance: number }[] = [];
  for (const { id } of data.resources.nodes) {
    const answer = await post<Affected>(gateway.url, { query: impact, variables: { id } });
    found.push({ id, distance: Math.abs((answer.data.impact?.impacted.length ?? 0) - WANTED) });
  }
  const [best] = found.toSorted((a, b) => a.distance - b.distance);
  if (!best) throw new Error('Expected a security group in the invented company, got none.');
  return best.id;
};

try {
  mkdirSync(folder, { recursive: true });
  await post(gateway.url, { query: '{ accounts { id } daemons { id } }' });
  const page = await (await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light' })).newPage();
  const save = async (name: string, path: string): Promise<void> => {
    await page.goto(new URL(`/explore${path}`, gateway.url).href);
    await page.locator('main[aria-busy="false"], main:not([aria-busy])').first().waitFor();
    // Pictures of graphs move to their place.
    await setTimeout(8_000);
    const file = join(folder, `${name}.png`);
    await page.screenshot({ path: file });
    console.log(`${file}: ${Math.round(statSync(file).size / 1024)} kB`);
  };
  await save('overview', '');
  await save('impact', `/graph?${new URLSearchParams({ mode: 'impact', root: await someRoot() })}`);
} finally {
  await browser.close();
  await gateway.close();
  await reader.close();
  rmSync(directory, { recursive: true });
}

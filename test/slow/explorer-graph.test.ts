import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, complaintsOf, launchBrowser, THEMES } from '../support/browser.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { startIndexed } from '../support/indexed-gateway.ts';
import { skippingClock } from '../support/skipping-clock.ts';
import { needs } from '../support/tools.ts';

interface Named {
  readonly id: string;
  readonly displayName: string;
}

interface Impact {
  readonly impact: { readonly impacted: readonly { readonly distance: number; readonly asset: Named }[] };
}

const BOTH = { scanorbit: [{}], scanopy: [{}] };
const PHONE = { viewport: { width: 390, height: 844 } };
const PNG_SIGNATURE = '89504e470d0a1a0a';

describe('graph and unmatched of the explorer in headless Chromium', needs('Chromium'), () => {
  let browser: Browser;
  let harness: Harness;
  /** A resource without which others break, and one that breaks only by way of another. */
  let group: Named;
  let distant: Named;
  beforeAll(async () => {
    browser = await launchBrowser();
    harness = await startIndexed(BOTH);
    ({ group, distant } = await someImpact());
  }, 120_000);
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser.close();
    await harness.close();
  });

  const someImpact = async () => {
    const { data } = await harness.query<{ resources: { nodes: readonly Named[] } }>(
      '{ resources(first: 100, filter: { service: ["security_group"] }) { nodes { id displayName } } }',
    );
    for (const candidate of data.resources.nodes) {
      const { impact } = (
        await harness.query<Impact>(
          'query ($id: ID!) { impact(id: $id, depth: 3) { impacted { distance asset { id displayName } } } }',
          { id: candidate.id },
        )
      ).data;
      const far = impact.impacted.findLast(({ distance }) => distance > 1);
      if (far && impact.impacted.length < 30) return { group: candidate, distant: far.asset };
    }
    throw new Error('Expected a security group without which others break, got none.');
  };
  const open = async (path: string, { url } = harness, context: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(context)).newPage();
    await page.goto(new URL(`/explore${path}`, url).href);
    return page;
  };
  const graphPath = (parameters: Record<string, string>): string => `/graph?${new URLSearchParams(parameters)}`;
  const listed = (page: Page) => page.getByRole('region', { name: 'Vertices' }).getByRole('button');
  const arranged = (page: Page) =>
    page.waitForFunction(() => performance.getEntriesByName('picture:arranged').length > 0);
  const saved = async (page: Page, format: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: format, exact: true }).click();
    return readFile(await (await download).path());
  };

  it('leads from an asset to what breaks without it, to the path to one of those, and saves that as PNG, SVG, Mermaid and GraphML', async () => {
    const page = await open(`/asset/${group.id}`);
    const complaints = complaintsOf(page);
    await page.getByRole('link', { name: 'Impact' }).click();
    const affected = page.getByRole('region', { name: 'What is affected' });
    await affected.getByRole('button').filter({ hasText: distant.displayName }).last().click();
    const selected = page.getByRole('region', { name: 'Selected vertex' });
    await selected.getByRole('link', { name: 'Path to it' }).click();
    await page.getByText(/^\d+ paths?, shortest first/).waitFor();
    const path = page.getByRole('region', { name: 'Paths' }).getByRole('button').first();
    expect(await path.innerText()).toMatch(/→|←/);
    expect(await path.getAttribute('aria-pressed')).toBe('true');
    await arranged(page);
    const names = await listed(page).locator('.vertex-name').allInnerTexts();
    expect(names).toContain(group.displayName);

    await page.getByText('Save', { exact: true }).click();
    const png = await saved(page, 'PNG');
    expect(png.subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
    expect(png.readUInt32BE(16)).toBeGreaterThan(300);
    const svg = (await saved(page, 'SVG')).toString();
    expect(svg.match(/<title>/g)).toHaveLength(names.length);
    const isWellFormed = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null,
      svg,
    );
    expect(isWellFormed).toBe(true);
    const mermaid = (await saved(page, 'Mermaid')).toString();
    expect(mermaid).toMatch(/^flowchart LR\n/);
    const graphml = (await saved(page, 'GraphML')).toString();
    expect(graphml.match(/<node id=/g)).toHaveLength(names.length);
    // Reading which vertex is under the pointer makes the driver wait: it says so, and nobody can change it.
    expect(complaints.filter((complaint) => !complaint.includes('GL Driver Message'))).toEqual([]);
  });

  it('expands and collapses a vertex, and the button "back" undoes it', async () => {
    const page = await open(graphPath({ root: group.id }));
    await listed(page).nth(1).click();
    const before = await listed(page).count();
    await page.getByRole('button', { name: 'Expand' }).click();
    await expect.poll(() => listed(page).count()).toBeGreaterThan(before);
    expect(new URL(page.url()).searchParams.getAll('root')).toHaveLength(2);
    await page.getByRole('button', { name: 'Collapse' }).click();
    await expect.poll(() => listed(page).count()).toBe(before);
    await page.goBack();
    await expect.poll(() => listed(page).count()).toBeGreaterThan(before);
  });

  it('leaves out a kind of relation, with what only that led to, and offers to show it again', async () => {
    const page = await open(graphPath({ root: group.id, depth: '2' }));
    await listed(page).first().waitFor();
    const before = await listed(page).count();
    await page.getByText('Relations', { exact: true }).click();
    const kind = page.getByRole('checkbox', { name: 'contained in' });
    // Its state follows the address, which a busy machine changes a moment after the click.
    await kind.click();
    await expect.poll(() => kind.isChecked()).toBe(false);
    await expect.poll(() => listed(page).count()).toBeLessThan(before);
    expect(page.url()).toContain('hide=CONTAINED_IN');
    await kind.click();
    await expect.poll(() => kind.isChecked()).toBe(true);
    await expect.poll(() => listed(page).count()).toBe(before);
  });

  it('says what it does not draw: vertices beyond the limit, and relations that lead further', async () => {
    const page = await open(graphPath({ root: group.id, depth: '6', max: '20' }));
    await page.getByText('Only the nearest 20 vertices are drawn.').waitFor();
    expect(await listed(page).count()).toBe(20);
    await page.getByRole('button', { name: 'Draw up to 500' }).click();
    await expect.poll(() => listed(page).count()).toBeGreaterThan(20);
    await page.getByText(/relations that are not shown|This is all/).waitFor();
  });

  it('marks a resource with its worst open finding, unless that is not wanted', async () => {
    const { data } = await harness.query<{
      findings: { nodes: readonly { severity: string; resource: Named | null }[] };
    }>(
      '{ findings(first: 1, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) { nodes { severity resource { id displayName } } } }',
    );
    const [worst] = data.findings.nodes;
    const page = await open(graphPath({ root: worst?.resource?.id ?? '' }));
    const root = listed(page).first();
    await root.getByText(worst?.severity.toLowerCase() ?? '', { exact: true }).waitFor();
    const severity = page.getByRole('checkbox', { name: 'Severity of findings' });
    await severity.click();
    await expect.poll(() => severity.isChecked()).toBe(false);
    await expect.poll(() => root.locator('.chip').count()).toBe(0);
  });

  it('says so where severities are known of the worst findings only', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.route(/WorstFindings/, async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      answer.data.findings.totalCount = 1204;
      await route.fulfill({ response, json: answer });
    });
    await page.goto(new URL(`/explore${graphPath({ root: group.id })}`, harness.url).href);
    await page.getByText(/^Severities are of the worst [\d,]+ of 1,204 open findings/).waitFor();
  });

  it('costs the sources nothing once the index has read them, however long ago within a quarter of an hour', async () => {
    const clock = skippingClock();
    const gateway = await startIndexed({ ...BOTH, deps: { clock } });
    clock.skip(2 * 60_000);
    gateway.resetUpstreamCalls();
    const page = await open(graphPath({ root: group.id }), gateway);
    await listed(page).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(gateway.upstreamCalls()).toBe(0);
    await gateway.close();
  });

  it('does not say that no asset has a name while the names of resources are not read', async () => {
    const unread = await startHarness(BOTH);
    const page = await open('/graph', unread);
    await page.getByLabel('Where does the graph start?').fill('no-such-asset');
    await page.getByText('The index has not read the names of resources yet').waitFor();
    expect(await page.getByText('No asset is called that.').count()).toBe(0);
    await unread.close();
  });

  it('warns once where there is no index, shows what is known, and reads no list of findings for it', async () => {
    const unread = await startHarness(BOTH);
    const page = await open(graphPath({ root: group.id }), unread);
    await page.getByText('There is no index.').waitFor();
    await listed(page).first().waitFor();
    await page.getByText('Severities are shown once the index has read the findings.').waitFor();
    expect(await page.locator('main .notice').count()).toBe(1);
    expect(unread.scanorbit[0]?.countOf('/findings')).toBe(0);
    await unread.close();
  });

  it('warns once where the index is not complete, says how much of it is, and shows what is known', async () => {
    const slow = [{ latencyMs: 400 }];
    const unread = await startHarness({
      scanorbit: slow,
      scanopy: slow,
      config: { index: { enabled: true, directory: null } },
    });
    const page = await open(graphPath({ root: group.id }), unread);
    await page.getByText('The index is not complete').waitFor();
    await page.getByText(/\d+ % of scanorbit is read/).waitFor();
    await listed(page).first().waitFor();
    expect(await page.locator('main .notice').count()).toBe(1);
    await unread.close();
  });

  it('holds everything in its list where the browser cannot draw', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...options: unknown[]) {
        return kind === 'webgl2' ? null : Reflect.apply(getContext, this, [kind, ...options]);
      } as typeof getContext;
    });
    await page.goto(new URL(`/explore${graphPath({ root: group.id })}`, harness.url).href);
    await page.getByText('This browser does not draw with WebGL 2.').waitFor();
    await listed(page).first().click();
    await page.getByRole('region', { name: 'Selected vertex' }).getByText('Pointed to by').waitFor();
  });

  it('shows both sides without a counterpart, each with its reasons, by reason and by page', async () => {
    const page = await open('/unmatched');
    const side = page.getByRole('region', { name: 'On a network, in no account' });
    await side.getByText('NO_KEY_ON_CLOUD_SIDE').nth(2).waitFor();
    await page.getByRole('region', { name: 'In an account, seen on no network' }).getByRole('table').waitFor();
    const first = await side.getByRole('rowheader').first().innerText();
    await side.getByRole('button', { name: 'Next page' }).click();
    await expect.poll(() => side.getByRole('rowheader').first().innerText()).not.toBe(first);
    await side.getByLabel('Reason').selectOption('NOT_IN_CLOUD_INVENTORY');
    await expect
      .poll(() => side.locator('td li').allInnerTexts())
      .toSatisfy(
        (reasons: readonly string[]) => reasons.length > 0 && reasons.every((text) => /NOT_IN_CLOUD/.test(text)),
      );
    expect(page.url()).toContain('network-reason=NOT_IN_CLOUD_INVENTORY');
  });

  for (const theme of THEMES)
    it(`shows graph, impact, path and unmatched without an accessibility violation, in ${theme} colours, and no wider than a phone`, async () => {
      const paths = [
        '/graph',
        graphPath({ root: group.id, select: group.id }),
        graphPath({ root: group.id, mode: 'impact', select: distant.id }),
        graphPath({ root: group.id, mode: 'path', to: distant.id }),
        '/unmatched',
      ];
      for (const path of paths) {
        const page = await open(path, harness, { ...PHONE, colorScheme: theme });
        await (path.includes('root') ? listed(page).first() : page.getByRole('heading', { level: 1 })).waitFor();
        await page.waitForFunction(() => document.querySelectorAll('.skeleton, [aria-busy="true"]').length === 0);
        expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
        expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
        await page.setViewportSize({ width: 1280, height: 900 });
        expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
      }
    }, 180_000);
});

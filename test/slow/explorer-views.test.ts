import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, complaintsOf, launchBrowser, THEMES } from '../support/browser.ts';
import { type Harness, type HarnessOptions, startHarness } from '../support/harness.ts';
import { startIndexed, untilIndexed } from '../support/indexed-gateway.ts';
import { skippingClock } from '../support/skipping-clock.ts';
import { needs } from '../support/tools.ts';

const BOTH = { scanorbit: [{}], scanopy: [{}] };
const PHONE = { viewport: { width: 390, height: 844 } };

interface Linked {
  readonly correlations: {
    readonly nodes: readonly [
      {
        readonly host: { readonly id: string };
        readonly resource: { readonly id: string; readonly displayName: string };
      },
    ];
  };
  readonly findings: { readonly nodes: readonly [{ readonly id: string }] };
  readonly networks: { readonly nodes: readonly [{ readonly id: string }] };
}

interface WithCost {
  readonly extensions?: { readonly cost?: { readonly requests: Readonly<Record<string, number>> } };
}

describe('search, asset page and overview of the explorer in headless Chromium', needs('Chromium'), () => {
  let browser: Browser;
  let harness: Harness | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await harness?.close();
  });
  afterAll(() => browser.close());

  const start = async (options: HarnessOptions = {}): Promise<Harness> => {
    harness = await startIndexed({ ...BOTH, ...options });
    return harness;
  };
  const open = async ({ url }: Harness, path: string, context: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(context)).newPage();
    await page.goto(new URL(`/explore${path}`, url).href);
    return page;
  };
  const someLinked = async ({ query }: Harness) => {
    const { data } = await query<Linked>(
      '{ correlations(first: 1) { nodes { host { id } resource { id displayName } } } findings(first: 1) { nodes { id } } networks(first: 1) { nodes { id } } }',
    );
    const [{ host, resource }] = data.correlations.nodes;
    return { host, resource, finding: data.findings.nodes[0], network: data.networks.nodes[0] };
  };
  const whole = async (page: Page): Promise<void> => {
    await page.locator('main h1').waitFor();
    await page.waitForFunction(
      () =>
        document.querySelectorAll('.skeleton, .answer[aria-busy="true"]').length === 0 &&
        document.querySelector('.answer, .hits'),
    );
  };
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  it('finds by keyboard what is typed, says why, and leads to the page of the asset, its counterpart and its graph', async () => {
    const gateway = await start();
    const { host, resource } = await someLinked(gateway);
    const page = await open(gateway, '/');
    const complaints = complaintsOf(page);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('/');
    const box = page.getByRole('combobox');
    await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type(resource.displayName);
    await page.getByRole('option').filter({ hasText: 'has this name' }).first().waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const option = page.getByRole('option', { selected: true });
    expect(await box.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
    expect(await option.innerText()).toContain('has this name');

    await page.goto(new URL(`/explore/asset/${resource.id}`, gateway.url).href);
    await expect.poll(() => heading(page).innerText()).toContain(resource.displayName);
    const links = page.getByRole('region', { name: 'The same on the other side' });
    await links.getByRole('link').nth(1).click();
    await page.waitForURL(`**/explore/asset/${host.id}`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page
      .getByRole('region', { name: 'The same on the other side' })
      .getByText(resource.displayName)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Impact' }).click();
    await page.waitForURL(`**/explore/graph?root=${host.id}&mode=impact`);
    expect(complaints).toEqual([]);
  });

  it('closes the list of hits by Escape, and lists all of them on a page of their own by Enter', async () => {
    const page = await open(await start(), '/');
    const box = page.getByRole('combobox');
    await box.fill('web');
    await page.getByText(/records in all/).waitFor();
    await box.press('Escape');
    expect(await box.getAttribute('aria-expanded')).toBe('false');
    await box.press('Enter');
    await page.waitForURL('**/explore/search?q=web');
    await expect.poll(() => page.locator('.hits li').count(), { timeout: 20_000 }).toBeGreaterThan(15);
  });

  it('leads to GraphiQL with the operation of a part of the page, which runs there as it is', async () => {
    const gateway = await start();
    const { resource } = await someLinked(gateway);
    const page = await open(gateway, `/asset/${resource.id}`);
    await whole(page);
    const link = page.getByRole('region', { name: 'Facts' }).getByRole('link', { name: 'Open in GraphiQL' });
    await page.goto(new URL((await link.getAttribute('href')) ?? '', gateway.url).href);
    await page.locator('.graphiql-execute-button').click({ timeout: 60_000 });
    await expect
      .poll(() => page.locator('.graphiql-response').innerText(), { timeout: 60_000 })
      .toContain(resource.displayName);
  });

  it('says so where a resource has more findings, or more changes, than are shown', async () => {
    const gateway = await start();
    const { data } = await gateway.query<{ findings: { nodes: readonly { resource: { id: string } | null }[] } }>(
      '{ findings(first: 100) { nodes { resource { id } } } }',
    );
    const id = data.findings.nodes.find(({ resource }) => resource)?.resource?.id ?? '';
    const page = await (await browser.newContext()).newPage();
    await page.route(/Asset(Findings|Changes)/, async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      const { changes } = answer.data;
      changes?.nodes.push({ kind: 'ADDED', noticedAt: '2026-01-01T00:00:00.000Z', since: null, fields: [] });
      const list = changes ?? answer.data.resource.findings;
      list.totalCount = list.nodes.length + 7;
      await route.fulfill({ response, json: answer });
    });
    await page.goto(new URL(`/explore/asset/${id}`, gateway.url).href);
    for (const name of ['Findings', 'What changed'])
      await page
        .getByRole('region', { name })
        .getByText(/^The first \d+ of \d+ are shown\.$/)
        .waitFor();
  });

  for (const theme of THEMES)
    it(`shows every view without an accessibility violation, in ${theme} colours, and no wider than a phone`, async () => {
      const gateway = await start();
      const { host, resource, finding, network } = await someLinked(gateway);
      const paths = [
        '/',
        '/search?q=web',
        '/none',
        ...[host, resource, finding, network].map(({ id }) => `/asset/${id}`),
      ];
      for (const path of paths) {
        const page = await open(gateway, path, { ...PHONE, colorScheme: theme });
        await (path === '/none' ? heading(page).waitFor() : whole(page));
        expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
        expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
        await page.setViewportSize({ width: 1280, height: 900 });
        expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
      }
      const page = await open(gateway, '/', { colorScheme: theme });
      await page.getByRole('combobox').fill('web');
      await page.getByText(/records in all/).waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await accessibilityViolations(page)).toEqual([]);
    }, 180_000);

  it('keeps the sources up to date while the page is seen, and asks for nothing while it is hidden', async () => {
    harness = await startHarness(BOTH);
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', {
        get: () => document.documentElement.dataset.shown ?? 'visible',
      });
    });
    await page.clock.install();
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/graphql?')) asked += 1;
    });
    await page.goto(new URL('/explore', harness.url).href);
    await whole(page);
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'scanorbit' }) });
    await card.getByText('not asked yet').waitFor();
    await page.clock.runFor(4_000);
    await card.getByText('answers', { exact: true }).waitFor();

    const before = asked;
    await page.evaluate(() => {
      document.documentElement.dataset.shown = 'hidden';
    });
    await page.clock.runFor(60_000);
    expect(asked).toBe(before);
    await page.evaluate(() => {
      document.documentElement.dataset.shown = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => asked).toBeGreaterThan(before);
  });

  it('costs the sources at most 12 requests when the overview is opened on a gateway that has read nothing, and none afterwards', async () => {
    const clock = skippingClock();
    harness = await startHarness({ ...BOTH, config: { index: { enabled: true, directory: null } }, deps: { clock } });
    const page = await (await browser.newContext()).newPage();
    let requests = 0;
    const count = async (response: Response): Promise<void> => {
      if (!response.url().includes('/graphql?')) return;
      // Polls go on until the page is closed, which cuts the last one off.
      const { extensions } = (await response.json().catch(() => ({}))) as WithCost;
      requests += Object.values(extensions?.cost?.requests ?? {}).reduce((sum, of) => sum + of, 0);
    };
    page.on('response', (response) => void count(response));
    await page.goto(new URL('/explore', harness.url).href);
    const all = ['Open findings', 'Cloud', 'Networks', 'Links between the two sides'];
    for (const name of all) await page.getByRole('region', { name, exact: true }).waitFor();
    await whole(page);
    expect(requests).toBeLessThanOrEqual(12);
    await untilIndexed(harness);
    clock.skip(2 * 60_000);
    harness.resetUpstreamCalls();
    const another = await open(harness, '/');
    for (const name of all) await another.getByRole('region', { name, exact: true }).waitFor();
    await whole(another);
    expect(harness.upstreamCalls()).toBe(0);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, launchBrowser, THEMES } from '../support/browser.ts';
import { type Harness, type HarnessOptions, startHarness } from '../support/harness.ts';
import { skippingClock } from '../support/skipping-clock.ts';
import { needs } from '../support/tools.ts';

const LATER_MS = 3 * 60_000;

describe('what the explorer shows when not all is well, in headless Chromium', needs('Chromium'), () => {
  let browser: Browser;
  let harness: Harness;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await harness?.close();
  });
  afterAll(() => browser.close());

  const start = async (options: HarnessOptions): Promise<void> => {
    harness = await startHarness(options);
  };
  /** Nothing of an earlier page is kept. */
  const open = async (path: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL(`/explore${path}`, harness.url).href);
    return page;
  };
  const cloudOf = (page: Page) => page.getByRole('region', { name: 'Cloud', exact: true });
  const expectAccessible = async (page: Page): Promise<void> => {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await accessibilityViolations(page)]).toEqual([colorScheme, []]);
    }
  };
  const someResource = async (): Promise<string> => {
    const { data } = await harness.query<{ resources: { nodes: { id: string }[] } }>(
      '{ resources(first: 1) { nodes { id } } }',
    );
    return data.resources.nodes[0]?.id ?? '';
  };

  it('loading: says what is awaited, and shows the rest of the page meanwhile', async () => {
    await start({ scanorbit: [{ latencyMs: 60_000 }], scanopy: [{}] });
    const page = await open('/');
    await page.getByText('Loading Cloud …').waitFor({ state: 'attached' });
    expect(await cloudOf(page).getAttribute('aria-busy')).toBe('true');
    await page.getByRole('heading', { name: 'scanopy' }).waitFor();
    await expectAccessible(page);
  });

  it('partial: one of two sources that is down is named, and what the other one says is shown', async () => {
    await start({ scanorbit: [{ name: 'north' }, { name: 'south' }] });
    harness.scanorbit[1]?.faults.add({ kind: 'reset' });
    const page = await open('/');
    const cloud = cloudOf(page);
    await cloud.getByText('Some of this is missing.').waitFor();
    expect(await cloud.getByRole('status').first().innerText()).toContain('"south"');
    await cloud.getByRole('table', { name: 'Resources by service' }).waitFor({ state: 'attached' });
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'south' }) });
    await card.getByText(/does not answer|answers in part/).waitFor();
    await expectAccessible(page);
  });

  it('failed: a dead source does not blank the page, and asking again helps once it is back', async () => {
    const clock = skippingClock();
    await start({ scanorbit: [{}], scanopy: [{}], deps: { clock } });
    harness.scanorbit[0]?.faults.add({ kind: 'reset' });
    const page = await open('/');
    await cloudOf(page).getByText('This could not be loaded.').waitFor();
    await page.getByRole('heading', { name: 'scanopy' }).waitFor();
    await page.getByText('does not answer').or(page.getByText('answers in part')).first().waitFor();
    await expectAccessible(page);
    harness.scanorbit[0]?.faults.clear();
    clock.skip(LATER_MS);
    await cloudOf(page).getByRole('button', { name: 'Try again' }).click();
    await cloudOf(page).getByRole('table', { name: 'Resources by service' }).waitFor({ state: 'attached' });
    expect(await cloudOf(page).getByRole('alert').count()).toBe(0);
  });

  it('stale: says how old it is when the source cannot be asked', async () => {
    const clock = skippingClock();
    await start({ scanorbit: [{}], deps: { clock } });
    const id = await someResource();
    const before = await open(`/asset/${encodeURIComponent(id)}`);
    await before.getByText('Identifier').waitFor();
    clock.skip(LATER_MS);
    harness.scanorbit[0]?.faults.add({ kind: 'status-503' });
    const page = await open(`/asset/${encodeURIComponent(id)}`);
    const facts = page.getByRole('region', { name: 'Facts' });
    await facts.getByText(/Answered from what was read 3 minutes ago/).waitFor();
    await facts.getByText('Identifier').waitFor();
    await expectAccessible(page);
  });

  it('stale: says so of a graph, too', async () => {
    const clock = skippingClock();
    await start({ scanorbit: [{}], deps: { clock } });
    const path = `/graph?${new URLSearchParams({ root: await someResource() })}`;
    await (await open(path)).getByRole('region', { name: 'Vertices' }).waitFor();
    clock.skip(LATER_MS);
    harness.scanorbit[0]?.faults.add({ kind: 'status-503' });
    const page = await open(path);
    await page.getByText(/Answered from what was read 3 minutes ago/).waitFor();
    await page.getByRole('region', { name: 'Vertices' }).waitFor();
  });

  it('refused: says what is too much when an operation may cost more than is allowed, and does not offer to try the same again', async () => {
    await start({ scanorbit: [{}], config: { limits: { cost: { scanorbit: 1 } } } });
    const page = await open('/');
    await cloudOf(page).getByText('The gateway refused this.').waitFor();
    expect(await cloudOf(page).getByRole('alert').innerText()).toMatch(
      /may need \d+ ScanOrbit requests; 1 are allowed/,
    );
    expect(await cloudOf(page).getByRole('button').count()).toBe(0);
    await expectAccessible(page);
  });

  it('spent: says when to come back, and lets nobody ask before', async () => {
    await start({ scanorbit: [{ budget: { limit: 1, windowSeconds: 600, reserve: 0 } }], scanopy: [{}] });
    await harness.query('{ accounts { name } }');
    const page = await open('/');
    const cloud = cloudOf(page);
    await cloud.getByText('There is no budget for this now.').waitFor();
    const button = cloud.getByRole('button', { name: /Try again in (10|9):\d\d min/ });
    expect(await button.isDisabled()).toBe(true);
    const first = await button.innerText();
    await expect.poll(() => button.innerText(), { timeout: 10_000 }).not.toBe(first);
    await page.getByText('0 of 1 in 10 minutes').waitFor();
    await expectAccessible(page);
  });

  it('unread: a search as you type reads no list of resources for it, says so, and reads it when asked to', async () => {
    await start({ scanorbit: [{}], scanopy: [{}] });
    const page = await open('/none');
    const box = page.getByRole('combobox');
    await box.fill('web');
    await page.getByText('The index has not read the names of resources yet').waitFor();
    await page.getByRole('option').first().waitFor();
    expect(harness.scanorbit[0]?.countOf('/resources')).toBe(0);
    await expectAccessible(page);
    await box.press('Enter');
    await page.locator('.hits').getByText('ec2 in').first().waitFor();
    expect(harness.scanorbit[0]?.countOf('/resources')).toBeGreaterThan(0);
  });
});

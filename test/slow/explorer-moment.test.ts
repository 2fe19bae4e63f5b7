import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { accessibilityViolations, complaintsOf, launchBrowser, THEMES } from '../support/browser.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { untilIndexed } from '../support/indexed-gateway.ts';
import { needs } from '../support/tools.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const SLOW = 240_000;

interface WithCost {
  readonly extensions?: { readonly cost?: { readonly requests: Readonly<Record<string, number>> } };
}

interface Counted {
  readonly changes: { readonly totalCount: number };
}

interface Readings {
  readonly readings: { readonly nodes: readonly { readonly time: string }[] };
}

/** Drawing without a graphics card is slow, and says so. */
const isOfPage = (complaint: string): boolean => !complaint.includes('GL Driver Message');

/** Upstream requests of each answer that the page gets. */
const costsOf = (page: Page): readonly Promise<readonly [string, number]>[] => {
  const costs: Promise<readonly [string, number]>[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/graphql?')) return;
    // What is under way when the page is left has no body.
    const answer: Promise<WithCost> = response.json().catch(() => ({}));
    const operation = new URL(response.url()).searchParams.get('operationName') ?? '';
    costs.push(answer.then(({ extensions }) => [operation, sumOf(extensions?.cost?.requests)]));
  });
  return costs;
};

const sumOf = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('a moment of the past in the explorer, in headless Chromium', needs('Chromium'), () => {
  let browser: Browser;
  let directory: string;
  let past: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    browser = await launchBrowser();
    directory = await mkdtemp(join(tmpdir(), 'history-'));
    past = await start();
  }, SLOW);
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser.close();
    await past.harness.close();
    await rm(directory, { recursive: true, force: true });
  });

  const open = async ({ url }: Harness, path: string, context: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(context)).newPage();
    await page.goto(new URL(`/explore${path}`, url).href);
    return page;
  };
  const settled = async (page: Page): Promise<void> => {
    await page.locator('main h1').waitFor();
    await page.waitForFunction(
      () => document.querySelectorAll('.skeleton, [aria-busy="true"]').length === 0,
      undefined,
      { timeout: 30_000 },
    );
  };

  /** A gateway that has seen an encryption key, and then that it is gone. */
  const start = async () => {
    const world = createWorld({ seed: 5, resources: 200, hosts: 150 });
    const harness = await startHarness({
      ...{ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world },
      config: { index: { enabled: true, directory, refreshSeconds: 5 } },
    });
    await untilIndexed(harness);
    const { resources, edges } = world.cloud;
    const usersOf = (resourceId: string) =>
      edges.filter((edge) => edge.targetResourceId === resourceId && edge.relationshipType === 'encrypted_by');
    const key = resources.find((row) => row.service === 'kms_key' && usersOf(row.resourceId).length > 1);
    const [cloud] = harness.scanorbit;
    if (!key || !cloud) throw new Error('Expected a key in use.');
    const before = new Date().toISOString();
    cloud.removeResource(key.id);
    cloud.completeScan(key.accountId);
    await vi.waitFor(
      async () => {
        const { data } = await harness.query<Counted>('{ changes(kinds: [REMOVED]) { totalCount } }');
        expect(data.changes.totalCount).toBe(1);
      },
      { timeout: 90_000, interval: 100 },
    );
    const [id = '', user = ''] = [key.id, usersOf(key.resourceId)[0]?.fromId].map((of) =>
      encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: of ?? '' }),
    );
    return { harness, before, id, name: key.name || key.resourceId, user };
  };

  it.each(['?at=nonsense', '/at/nonsense', '/at/%E0%A4%A/unmatched'])(
    'says of %s that it is no moment, and shows how things are now',
    async (path) => {
      const page = await open(past.harness, path);
      await page.getByRole('alert').getByText('Expected a moment').waitFor();
      await settled(page);
      expect(new URL(page.url()).pathname).toBe(path.endsWith('unmatched') ? '/explore/unmatched' : '/explore');
    },
    SLOW,
  );

  it(
    'shows assets, impact and lists as they were, says so above every view, and leads back to now',
    async () => {
      const { harness, before, id, name } = past;
      const gone = await open(harness, `/asset/${id}`);
      await gone.getByText('No record with this id can be seen').waitFor();
      const changes = gone.getByRole('region', { name: 'What changed' });
      await changes.getByText('is gone').waitFor();
      await changes.getByRole('link', { name: 'as it was before' }).click();
      await gone.waitForURL(/\/explore\/at\/2/);
      await settled(gone);
      expect(await gone.getByRole('heading', { level: 1 }).innerText()).toContain(name);

      const graph = await open(harness, `/graph?root=${id}`);
      await graph.getByText('No record with this id can be seen').waitFor();
      expect(await graph.getByText('This is all that is around').count()).toBe(0);
      const wrong = await open(harness, '/asset/nonsense');
      await wrong.getByText('The gateway refused this.').waitFor();
      expect(await wrong.getByText(/No record|What changed/).count()).toBe(0);

      const page = await open(harness, `/asset/${id}?at=${before}`);
      const complaints = complaintsOf(page);
      const costs = costsOf(page);
      await page.waitForURL(`**/explore/at/${before}/asset/${id}`);
      await settled(page);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(name);
      const bar = page.getByRole('region', { name: 'Moment of the past' });
      const lines = ['Show', 'Back to now'].map(async (text) => (await bar.getByText(text).boundingBox())?.y);
      expect(new Set(await Promise.all(lines)).size).toBe(1);
      expect(await bar.innerText()).toMatch(/The past: as it was on/);
      expect(await bar.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringMatching(/^scanorbit as read \d+ \w+ before$/),
        expect.stringMatching(/^scanopy as read \d+ \w+ before$/),
      ]);

      await page.getByRole('link', { name: 'Impact', exact: true }).click();
      await page.waitForURL(`**/explore/at/${before}/graph?root=${id}&mode=impact`);
      await page.getByText(/assets? (is|are) affected within/).waitFor();
      for (const view of ['Unmatched', 'Overview']) {
        await page.getByRole('link', { name: view, exact: true }).click();
        await page.waitForFunction((name) => document.title.startsWith(name), view);
        await settled(page);
        expect(await page.locator('.notice').allInnerTexts(), view).toEqual([]);
        expect(page.url()).toContain(`/explore/at/${before}`);
      }
      await page.getByRole('combobox', { name: /Search/ }).fill(name);
      await page.getByRole('option').filter({ hasText: name }).first().waitFor();
      expect(costs.length).toBeGreaterThan(8);
      expect((await Promise.all(costs)).filter(([, requests]) => requests > 0)).toEqual([]);
      expect(complaints.filter(isOfPage)).toEqual([]);

      await page.goto(new URL(`/explore/at/${before}/asset/${id}`, harness.url).href);
      await page.getByRole('link', { name: 'Back to now' }).click();
      await page.getByText('No record with this id can be seen').waitFor();
      expect(await page.getByRole('region', { name: 'Moment of the past' }).count()).toBe(0);
    },
    SLOW,
  );

  it(
    'shows nothing of now where nothing, or not every source, is known of the moment',
    async () => {
      const { harness } = past;
      const { data } = await harness.query<Readings>('{ readings(first: 1000) { nodes { time } } }');
      const [first = ''] = data.readings.nodes.map(({ time }) => time).sort();
      for (const moment of [new Date(0).toISOString(), first]) {
        const page = await (await browser.newContext()).newPage();
        const costs = costsOf(page);
        await page.goto(new URL(`/explore/at/${moment}/`, harness.url).href);
        await settled(page);
        const answers = await Promise.all(costs);
        expect(answers.filter(([, requests]) => requests > 0)).toEqual([]);
        expect(answers.map(([operation]) => operation)).not.toContain('OverviewCloudStatistics');
      }
    },
    SLOW,
  );

  it(
    'marks on the graph, by sign and in a list, what differs between two moments, at no upstream request',
    async () => {
      const { harness, before, user, name } = past;
      const query = `?${new URLSearchParams({ root: user, mode: 'changes', since: before })}`;
      for (const colorScheme of THEMES) {
        const context = await browser.newContext({ colorScheme, ...(colorScheme === 'dark' && PHONE) });
        const page = await context.newPage();
        const complaints = complaintsOf(page);
        const costs = costsOf(page);
        await page.goto(new URL(`/explore/graph${query}`, harness.url).href);
        const list = page.getByRole('region', { name: 'What differs' });
        const gone = list.locator('section').filter({ hasText: '− gone' });
        await gone.getByRole('button', { name }).press('Enter');
        expect(await gone.innerText()).toContain('encrypted by');
        expect(await page.getByRole('list', { name: 'Legend' }).innerText()).toContain('− gone');
        expect(await page.getByRole('region', { name: 'Vertices' }).innerText()).toContain(`− ${name}`);
        expect(await page.getByRole('status').first().innerText()).toMatch(/differ/);
        await settled(page);
        expect((await Promise.all(costs)).filter(([, requests]) => requests > 0)).toEqual([]);
        expect(complaints.filter(isOfPage)).toEqual([]);
        expect(await accessibilityViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.close();
      }
      const page = await open(harness, `/at/${before}/graph?${new URLSearchParams({ root: user, mode: 'changes' })}`);
      await page.getByRole('region', { name: 'What differs' }).getByRole('button', { name }).waitFor();
      await page.getByLabel('and (empty: now)').fill(await page.getByLabel('Between').inputValue());
      await page.getByRole('button', { name: 'Compare' }).press('Enter');
      await page
        .getByText(/Nothing differs here|refers? to|Expected/)
        .first()
        .waitFor();
      const same = new URLSearchParams({ root: user, mode: 'changes', since: before, until: before });
      const alike = await open(harness, `/graph?${same}`);
      await alike.getByText('Nothing differs here').waitFor();
      expect(await alike.locator('[aria-label="What differs"]').count()).toBe(0);
    },
    SLOW,
  );

  it(
    'compares with the earliest moment that is known where the history is younger than a day',
    async () => {
      const { harness, user, name } = past;
      const page = await open(harness, `/graph?${new URLSearchParams({ root: user, mode: 'changes' })}`);
      await page.getByRole('region', { name: 'What differs' }).getByRole('button', { name }).waitFor();
      expect(await page.getByText('This could not be loaded.').count()).toBe(0);
    },
    SLOW,
  );

  it(
    'tells by day what came and went, with the readings of which each can be looked at, by keyboard alone, and breaks no rule of axe in either theme on a phone',
    async () => {
      const { harness, before, id, name } = past;
      const page = await open(harness, '/history');
      const complaints = complaintsOf(page);
      await settled(page);
      const day = page.locator('.day').first();
      expect(await day.innerText()).toContain('1 gone');
      await day.getByText('What changed').press('Enter');
      await day.getByText(name).waitFor();
      expect(await day.innerText()).toMatch(/assets? still refer to it/);
      await day.getByText(/readings?$/).press('Enter');
      await day
        .getByRole('link', { name: /scanorbit/ })
        .last()
        .press('Enter');
      await page.waitForURL(/\/explore\/at\/2/);
      await page.getByRole('region', { name: 'Moment of the past' }).waitFor();
      await page.getByLabel('As it was at').fill('2001-02-03T04:05:06');
      await page.getByRole('button', { name: 'Show' }).press('Enter');
      await page.waitForURL(/\/explore\/at\/2001-/);
      await page
        .locator('.moment-bar')
        .getByText(/earliest/i)
        .waitFor();
      expect(complaints.filter((text) => !/status of (4|5)\d\d/.test(text))).toEqual([]);
      for (const colorScheme of THEMES)
        for (const path of ['/history', `/at/${before}/`, `/at/${before}/asset/${id}`]) {
          const phone = await open(harness, path, { colorScheme, ...PHONE });
          await settled(phone);
          for (const summary of await phone.locator('.day summary').all()) await summary.click();
          await settled(phone);
          expect(await accessibilityViolations(phone), `${path} ${colorScheme}`).toEqual([]);
          expect(await phone.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
          await phone.close();
        }
    },
    SLOW,
  );
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FrontendDemo, startFrontendDemo } from '../../examples/frontend/demo.ts';
import { needs, TOOLS } from '../support/tools.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe('the example frontend in headless Chromium', needs('Chromium'), () => {
  let demo: FrontendDemo;
  let profile: string;
  let browser: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    demo = await startFrontendDemo({
      port: 0,
      edition: 'observed',
      scanopyVersion: '0.16.0',
      rateLimit: false,
      seed: 1,
      latency: 0,
    });
    profile = await mkdtemp(join(tmpdir(), 'frontend-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: TOOLS.Chromium.path ?? '',
      headless: true,
      args: FLAGS,
    });
    page = await browser.newPage();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await demo.close();
    await rm(profile, { recursive: true, force: true });
  });

  it('shows hosts with their cloud resources and open findings, page by page', async () => {
    await page.goto(demo.url);
    await page.waitForSelector('tbody tr');
    expect(await page.locator('tbody tr').count()).toBe(10);
    expect(await page.locator('output').textContent()).toMatch(/^1–10 of \d+$/);
    const firstPage = await page.locator('tbody').innerText();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForFunction(() => document.querySelector('output')?.textContent?.startsWith('11–20'));
    expect(await page.locator('tbody').innerText()).not.toBe(firstPage);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.waitForFunction(() => document.querySelector('output')?.textContent?.startsWith('1–10'));
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('links a host to its instance and lists what is wrong with it', async () => {
    const linked = page.locator('tbody tr', { has: page.locator('.severity') });
    for (let i = 0; i < 20 && (await linked.count()) === 0; i += 1) {
      const next = page.getByRole('button', { name: 'Next' });
      if (await next.isDisabled()) break;
      const shown = await page.locator('output').textContent();
      await next.click();
      await page.waitForFunction((before) => document.querySelector('output')?.textContent !== before, shown);
    }
    expect(await linked.count()).toBeGreaterThan(0);
    expect(await linked.first().locator('.confidence').first().textContent()).toMatch(/certain|high/);
    const screenshot = await page.screenshot({
      fullPage: true,
      ...(process.env.SCREENSHOT && { path: process.env.SCREENSHOT }),
    });
    expect(screenshot.length).toBeGreaterThan(10_000);
  });

  it('says that it loads, and what failed, with a way to try again', async () => {
    let isBroken = true;
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!isBroken) return route.continue();
      await held.promise;
      return route.abort();
    });
    await page.goto(demo.url);
    await page.getByText('Loading hosts …').waitFor();
    held.resolve();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('does not answer');
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('tbody tr');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { needs } from '../support/tools.ts';

describe('GraphiQL in headless Chromium', needs('Chromium'), () => {
  let harness: Harness;
  let browser: Browser;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{}], scanopy: [{}] });
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await harness?.close();
  });

  it('runs the first example, shows its result and the schema’s descriptions, and sends requests to nothing but the gateway', async () => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol)) hosts.add(url.hostname);
    });
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.goto(harness.url, { waitUntil: 'load' });
    expect(await page.title()).toBe('Inventory Gateway');
    await page.locator('.graphiql-execute-button').click({ timeout: 30_000 });
    const result = page.locator('.graphiql-response');
    await expect.poll(() => result.innerText(), { timeout: 30_000 }).toMatch(/Northwind\sOutfitters/);

    await page.locator('button[aria-label="Show Documentation Explorer"]').click();
    await expect
      .poll(() => page.locator('.graphiql-plugin').innerText(), { timeout: 30_000 })
      .toMatch(/Cloud\sand\snetwork\sinventory|Query/);

    expect((await page.screenshot()).length).toBeGreaterThan(20_000);
    expect([...hosts]).toEqual(['127.0.0.1']);
    expect(complaints).toEqual([]);
  }, 120_000);
});

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../support/harness.ts';
import { needs, TOOLS } from '../support/tools.ts';

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe('GraphiQL in headless Chromium', needs('Chromium'), () => {
  let harness: Harness;
  let browser: BrowserContext;
  const folder = mkdtempSync(join(tmpdir(), 'inventory-graphiql-'));
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{}], scanopy: [{}] });
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: TOOLS.Chromium.path ?? '',
      args: QUIET,
      viewport: { width: 1600, height: 1000 },
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await harness?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs the first example, shows its result and the schema’s descriptions, and sends requests to nothing but the gateway', async () => {
    const page = await browser.newPage();
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

    const screenshot = join(folder, 'graphiql.png');
    await page.screenshot({ path: screenshot });
    expect(statSync(screenshot).size).toBeGreaterThan(20_000);
    expect([...hosts]).toEqual(['127.0.0.1']);
    expect(complaints).toEqual([]);
  }, 120_000);
});

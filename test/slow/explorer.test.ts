import { createHash } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, launchBrowser, THEMES } from '../support/browser.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { needs } from '../support/tools.ts';

describe('the explorer in headless Chromium', needs('Chromium'), () => {
  let browser: Browser;
  let harness: Harness | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(() => harness?.close());
  afterAll(() => browser.close());

  it('asks for a key where one is needed, says when it is refused, and shows the sources with it', async () => {
    const sha256 = createHash('sha256').update('s3cret').digest('hex');
    harness = await startHarness({
      scanorbit: [{}],
      config: { auth: { mode: 'api-key', keys: [{ name: 'operator', sha256 }] } },
    });
    const page = await browser.newPage();
    await page.goto(new URL('/', harness.url).href);
    await page.getByText('This gateway wants a key.').waitFor();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    const give = async (key: string) => {
      await page.getByLabel('API key or token').fill(key);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await give('wrong');
    await page.getByText('The gateway refused this key.').waitFor();
    await give('s3cret');
    await page.getByRole('heading', { name: 'scanorbit' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('asks for the caller’s own key of each source where keys are passed through, and shows the sources that it has keys of', async () => {
    harness = await startHarness({
      scanorbit: [{ name: 'emea' }, { name: 'apac' }],
      config: { auth: { mode: 'passthrough' } },
    });
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL('/', harness.url).href);
    await page.getByLabel('Key of emea').waitFor();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await page.getByLabel('Key of apac').fill(` ${harness.scanorbit[1]?.apiKey} `);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'apac' }).waitFor();
    expect(await page.getByRole('heading', { name: 'emea' }).count()).toBe(0);
    await page.getByRole('region', { name: 'Cloud' }).getByRole('table').first().waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Forget key' }).click();
    await page.getByLabel('Key of emea').waitFor();
  });
});

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
});

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../support/harness.ts';
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

describe('the explorer in headless Chromium', needs('Chromium'), () => {
  let profile: string;
  let browser: BrowserContext;
  let harness: Harness | undefined;
  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'explorer-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: TOOLS.Chromium.path ?? '',
      headless: true,
      args: FLAGS,
    });
  }, 60_000);
  afterEach(() => harness?.close());
  afterAll(async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  });

  it('asks for a key where one is needed, says when it is refused, and shows the sources with it', async () => {
    const sha256 = createHash('sha256').update('s3cret').digest('hex');
    harness = await startHarness({
      scanorbit: [{}],
      config: { auth: { mode: 'api-key', keys: [{ name: 'operator', sha256 }] } },
    });
    const page = await browser.newPage();
    await page.goto(new URL('/', harness.url).href);
    await page.getByText('This gateway wants a key.').waitFor();
    const give = async (key: string) => {
      await page.getByLabel('API key or token').fill(key);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await give('wrong');
    await page.getByText('The gateway refused this key.').waitFor();
    await give('s3cret');
    await page.getByRole('rowheader', { name: 'scanorbit' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

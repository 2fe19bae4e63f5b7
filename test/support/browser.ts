import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { TOOLS } from './tools.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: TOOLS.Chromium.path ?? '', headless: true, args: FLAGS });

export const THEMES = ['light', 'dark'] as const;

/** What axe finds wrong on the page as it is: the rule, and the elements. */
export const accessibilityViolations = async (page: Page): Promise<readonly string[]> => {
  // Evaluated rather than added as a script, which the policy of the page refuses.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
};

/** What the page and its policy complained about in the browser's console. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
};

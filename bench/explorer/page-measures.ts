import type { Page } from 'playwright-core';

export interface Frames {
  readonly perSecond: number;
  /** 19 of 20 frames took no longer. */
  readonly slowestMs: number;
}

/** Remembers when the picture was first on the screen: two frames after it was handed over, the first of them is. */
export const watchFirstFrame = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { name } of list.getEntries())
        if (name === 'picture:shown')
          requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('bench:first-frame')));
    }).observe({ entryTypes: ['mark'] });
  });
};

/** @returns milliseconds from the answer of the gateway to a mark. */
export const sinceAnswer = (page: Page, mark: string): Promise<number> =>
  page.evaluate(async (name) => {
    while (performance.getEntriesByName(name).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const answer = performance.getEntriesByType('resource').find(({ name: url }) => url.includes('Surroundings'));
    const from = (answer as PerformanceResourceTiming).responseEnd;
    return (performance.getEntriesByName(name)[0]?.startTime ?? 0) - from;
  }, mark);

/** Counts frames while something is done. */
export const framesDuring = async (page: Page, act: () => Promise<void>): Promise<Frames> => {
  await page.evaluate(() => {
    const frames: number[] = [];
    const tick = (at: number): void => {
      frames.push(at);
      if (!('benchStopped' in globalThis)) requestAnimationFrame(tick);
    };
    Reflect.deleteProperty(globalThis, 'benchStopped');
    Object.assign(globalThis, { benchFrames: frames });
    requestAnimationFrame(tick);
  });
  await act();
  const frames = await page.evaluate(() => {
    Object.assign(globalThis, { benchStopped: true });
    return Reflect.get(globalThis, 'benchFrames') as number[];
  });
  const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const sorted = gaps.toSorted((a, b) => a - b);
  return { perSecond: (gaps.length / total) * 1000, slowestMs: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
};

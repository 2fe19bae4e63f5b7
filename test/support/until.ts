import { expect, vi } from 'vitest';

/** Waits until it is true; only ends what hangs, however slow the machine is. */
export const until = (isTrue: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(async () => expect(await isTrue()).toBe(true), { timeout: 90_000, interval: 10 });

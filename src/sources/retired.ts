import type { Clock } from './transport/clock.ts';

/** What is not given out any more, and is closed once operations that began before have ended. */
export class Retired {
  readonly #clock: Clock;
  readonly #closers = new Set<() => Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param graceMs after which no operation can be under way that knows it */
  add(close: () => Promise<unknown>, graceMs: number): void {
    const closeOnce = async (): Promise<void> => {
      callOff();
      this.#closers.delete(closeOnce);
      await close().catch(() => {});
    };
    const callOff = this.#clock.after(graceMs, () => void closeOnce());
    this.#closers.add(closeOnce);
  }

  /** At once. */
  async close(): Promise<void> {
    await Promise.all([...this.#closers].map((close) => close()));
  }
}

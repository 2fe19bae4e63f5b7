import type { Clock } from '../clock.ts';
import { type KeyRefusal, KeyRefusedError } from '../upstream-errors.ts';

/** An upstream counts what it refuses against a small allowance of strangers: a refused key must cost a few requests a minute. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

interface Refused {
  readonly refusal: KeyRefusal;
  readonly pauseMs: number;
  readonly until: number;
}

/**
 * After a refusal of the key nothing is sent for a while, then one call at a time finds out whether the key is good again. The pause
 * doubles with every further refusal.
 */
export class KeyGuard {
  readonly #source: string;
  readonly #clock: Clock;
  #refused: Refused | null = null;
  #isProbing = false;

  constructor(source: string, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** @throws KeyRefusedError, at no cost, while nothing must be sent. */
  check(): void {
    if (this.#refused && (this.#isProbing || this.#clock.now() < this.#refused.until)) throw this.#error(this.#refused);
  }

  /**
   * Runs `task`, which sends one request and answers whether the key was accepted. What needs no key may be sent when a probe may,
   * and is none.
   * @throws KeyRefusedError instead of running it while nothing must be sent.
   */
  async run<T>(needsKey: boolean, task: () => Promise<T>, isAccepted: (result: T) => boolean): Promise<T> {
    this.check();
    const before = this.#refused;
    const isProbe = before !== null && needsKey;
    this.#isProbing ||= isProbe;
    try {
      const result = await task();
      // An answer to what was sent before the refusal is older news.
      if (needsKey && this.#refused === before && isAccepted(result)) this.#refused = null;
      return result;
    } catch (error) {
      throw error instanceof KeyRefusedError ? this.#error(this.#note(error.refusal, before)) : error;
    } finally {
      if (isProbe) this.#isProbing = false;
    }
  }

  /** Several refusals of calls that were under way together are one. */
  #note(refusal: KeyRefusal, before: Refused | null): Refused {
    if (this.#refused && this.#refused !== before) return this.#refused;
    const pauseMs = before ? Math.min(before.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    this.#refused = { refusal, pauseMs, until: this.#clock.now() + pauseMs };
    return this.#refused;
  }

  #error({ refusal, until }: Refused): KeyRefusedError {
    const seconds = Math.max(1, Math.ceil((until - this.#clock.now()) / 1000));
    return new KeyRefusedError(this.#source, refusal, seconds);
  }
}

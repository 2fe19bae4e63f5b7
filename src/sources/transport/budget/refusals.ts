import { UpstreamError } from '#lib/gateway-error.ts';
import type { Clock } from '../clock.ts';
import type { Allowance } from './allowance.ts';

/** A call that comes with less time than this cannot be answered in time by any upstream, however fast. */
const MIN_WAIT_MS = 1_000;

/** The errors of calls that a budget cannot let through in time. */
export class Refusals {
  readonly #source: string;
  readonly #allowance: Pick<Allowance, 'status'>;
  readonly #clock: Clock;
  #exhaustedAt = Number.NEGATIVE_INFINITY;

  constructor(source: string, allowance: Pick<Allowance, 'status'>, clock: Clock) {
    this.#source = source;
    this.#allowance = allowance;
    this.#clock = clock;
  }

  /** The allowance has just had nothing to give. */
  noteExhausted(): void {
    this.#exhaustedAt = this.#clock.now();
  }

  /** The allowance grants nothing until `servedAt`. */
  budgetSpent(servedAt: number): UpstreamError {
    const { limit, windowSeconds } = this.#allowance.status();
    const retryAfterSeconds = Math.max(1, Math.ceil((servedAt - this.#clock.now()) / 1000));
    const message = `The request budget of the source "${this.#source}" is spent; try again in ${retryAfterSeconds} s.`;
    return new UpstreamError('UPSTREAM_RATE_LIMITED', this.#source, message, {
      retryAfterSeconds,
      limit,
      windowSeconds,
    });
  }

  /**
   * The turn of a call did not come although there is budget: the upstream is slow to answer the requests under way. Not so when the
   * budget had run out meanwhile, or when the call came with hardly any time left, having waited for budget before.
   * @param enteredAt when the call entered the queue; undefined when it does not wait in it.
   */
  passedOver(deadlineAt: number, enteredAt: number | undefined): UpstreamError {
    const isSlow = enteredAt !== undefined && this.#exhaustedAt < enteredAt && deadlineAt - enteredAt >= MIN_WAIT_MS;
    if (!isSlow) return this.budgetSpent(this.#clock.now());
    const message = `The source "${this.#source}" was too busy to be asked in time.`;
    return new UpstreamError('UPSTREAM_TIMEOUT', this.#source, message, { phase: 'queue' });
  }

  closing(): UpstreamError {
    return new UpstreamError('UPSTREAM_UNAVAILABLE', this.#source, 'The gateway is shutting down.');
  }
}

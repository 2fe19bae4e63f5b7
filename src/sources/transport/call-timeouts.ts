import type { Clock } from './clock.ts';
import { ExchangeError } from './upstream-errors.ts';

export interface Timeouts {
  /** From sending to the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyMs: number;
  /** From sending to the last byte. */
  readonly callMs: number;
}

/** Aborts one exchange with the timeout that came first; the reason is an {@link ExchangeError} that names it. */
export class CallTimeouts {
  readonly #timeouts: Timeouts;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  readonly #cancelCall: () => void;
  #cancelPhase: () => void;

  constructor(timeouts: Timeouts, clock: Clock) {
    this.#timeouts = timeouts;
    this.#clock = clock;
    this.#cancelCall = this.#startTimer(timeouts.callMs, 'call');
    this.#cancelPhase = this.#startTimer(timeouts.headersMs, 'headers');
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Headers, or another piece of the body, have come. */
  progress(): void {
    this.#cancelPhase();
    this.#cancelPhase = this.#startTimer(this.#timeouts.bodyMs, 'body');
  }

  /** What is waited for is not the server's to bring: only the whole call is timed, until there is progress. */
  pause(): void {
    this.#cancelPhase();
  }

  end(): void {
    this.#cancelPhase();
    this.#cancelCall();
  }

  #startTimer(ms: number, phase: string): () => void {
    return this.#clock.after(ms, () => this.#controller.abort(new ExchangeError('timeout', phase)));
  }
}

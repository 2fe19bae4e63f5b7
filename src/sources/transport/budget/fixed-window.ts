import type { AllowanceStatus, Outcome, RateRule, Taken, Ticket } from './allowance.ts';
import { readWindowHeaders, type WindowHeaders } from './rate-limit-headers.ts';

export interface FixedWindowOptions {
  readonly limit: number;
  readonly windowMs: number;
  /** Requests of the limit that are not ours to spend. */
  readonly reserved: number;
}

/** The server's current window as its answers describe it. */
interface Window {
  readonly reset: number;
  /** No earlier than the true end. */
  endsAt: number;
  /** Requests of ours known to lie in it. */
  answered: number;
  /** The least the server has said is left, so that what others spent is included. */
  remaining: number;
}

/** Beyond the rounding of `Reset`: time a request may win on the way. */
const MARGIN_MS = 250;
/** Resets of one window differ by less, those of two by a window. */
const SAME_WINDOW_SECONDS = 2;

/**
 * A window of `windowMs` that opens with the first counted request. Where it lies is learned from answers: each one names its
 * window by `Reset`. A request without such an answer (in flight, broken, answered without headers) counts against every window
 * it may fall into, so a server without headers is paced as by a sliding window.
 */
export class FixedWindow implements RateRule {
  readonly #options: FixedWindowOptions;
  #serverLimit = Number.POSITIVE_INFINITY;
  #window: Window | null = null;
  /** Requests not known to lie in a certain window, oldest first. */
  readonly #open = new Set<Ticket>();
  readonly #inFlight = new Set<Ticket>();

  constructor(options: FixedWindowOptions) {
    this.#options = options;
  }

  get spendable(): number {
    return Math.max(1, this.#limit - this.#options.reserved);
  }

  get #limit(): number {
    return Math.min(this.#options.limit, this.#serverLimit);
  }

  take(now: number, share: number): Taken {
    this.#forget(now);
    if (this.#available(false) - this.#floor(now, share) < 1) {
      return { ticket: null, retryAt: Math.max(now + 1, this.#earliest(now, 1, share, false)) };
    }
    const ticket: Ticket = { takenAt: now };
    this.#open.add(ticket);
    this.#inFlight.add(ticket);
    return { ticket };
  }

  settle(ticket: Ticket, outcome: Outcome, now: number): void {
    this.#inFlight.delete(ticket);
    if (outcome.kind === 'uncounted') this.#open.delete(ticket);
    if (outcome.kind !== 'answered') return;
    const headers = readWindowHeaders(outcome.headers);
    if (!headers) return;
    this.#open.delete(ticket);
    this.#learn(headers, outcome.receivedAt);
    this.#forget(now);
  }

  refused(): void {
    if (this.#window) this.#window.remaining = 0;
  }

  forecast(now: number, calls: number, share: number): number {
    this.#forget(now);
    return this.#earliest(now, calls, share, true);
  }

  status(now: number): AllowanceStatus {
    this.#forget(now);
    return {
      limit: this.#limit,
      windowSeconds: this.#options.windowMs / 1000,
      remaining: Math.max(0, this.#available(false)),
      resetAt: this.#window?.endsAt ?? (this.#open.size > 0 ? this.#firstOpen + this.#lifeOfOpen : null),
    };
  }

  #learn({ limit, remaining, reset, endsInMs }: WindowHeaders, receivedAt: number): void {
    this.#serverLimit = Math.max(1, limit);
    const { windowMs } = this.#options;
    const endsAt = receivedAt + Math.min(endsInMs ?? windowMs, windowMs) + MARGIN_MS;
    const current = this.#window;
    if (current && reset < current.reset - SAME_WINDOW_SECONDS) return;
    if (!current || reset > current.reset + SAME_WINDOW_SECONDS) {
      this.#window = { reset, endsAt, answered: 1, remaining };
      return;
    }
    current.endsAt = Math.min(current.endsAt, endsAt);
    current.answered += 1;
    current.remaining = Math.min(current.remaining, remaining);
  }

  #forget(now: number): void {
    if (this.#window && now >= this.#window.endsAt) this.#window = null;
    for (const ticket of this.#open) {
      if (ticket.takenAt + this.#lifeOfOpen > now) break;
      this.#open.delete(ticket);
    }
  }

  get #own(): number {
    return (this.#window?.answered ?? 0) + this.#open.size;
  }

  /**
   * What we may still send. What is in flight may or may not be in the server's last `Remaining` already: a grant assumes not,
   * a forecast assumes so.
   */
  #available(optimistic: boolean): number {
    const ours = this.spendable - this.#own;
    if (!this.#window) return ours;
    const unseen = optimistic ? 0 : this.#open.size;
    return Math.min(ours, this.#window.remaining - unseen - this.#options.reserved);
  }

  /** What must be left for more urgent work: shrinks to nothing as the window, and what it would save up for, runs out. */
  #floor(now: number, share: number): number {
    const left = this.#window ? Math.max(0, this.#window.endsAt - now) : this.#options.windowMs;
    return (share * this.spendable * left) / this.#options.windowMs;
  }

  #earliest(now: number, calls: number, share: number, optimistic: boolean): number {
    const available = this.#available(optimistic);
    if (available - this.#floor(now, share) >= calls) return now;
    if (!this.#window) return this.#whenOpenAge(now, calls - available + this.#floor(now, share), optimistic);
    const { endsAt } = this.#window;
    const { windowMs } = this.#options;
    if (available >= calls && share > 0) {
      return Math.max(now, Math.ceil(endsAt - ((available - calls) * windowMs) / (share * this.spendable)));
    }
    const missing = calls - Math.max(0, available);
    return endsAt + (Math.ceil(missing / this.spendable) - 1) * windowMs;
  }

  /** When `count` of the requests that lie in no known window have grown too old to matter. */
  #whenOpenAge(now: number, count: number, optimistic: boolean): number {
    const settled = optimistic ? [...this.#open].filter((ticket) => !this.#inFlight.has(ticket)) : [...this.#open];
    const free = optimistic ? this.#open.size - settled.length : 0;
    const needed = Math.ceil(count) - free;
    if (needed <= 0) return now;
    const last = settled[Math.min(needed, settled.length) - 1];
    const windows = Math.max(0, Math.ceil((needed - settled.length) / this.spendable));
    return (last ? last.takenAt + this.#lifeOfOpen : now) + windows * this.#options.windowMs;
  }

  get #firstOpen(): number {
    return this.#open.values().next().value?.takenAt ?? 0;
  }

  get #lifeOfOpen(): number {
    return this.#options.windowMs + 4 * MARGIN_MS;
  }
}

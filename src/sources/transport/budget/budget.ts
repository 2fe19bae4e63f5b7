import type { UpstreamError } from '#lib/gateway-error.ts';
import type { Clock } from '../clock.ts';
import type { Allowance, BudgetStatus, Outcome, Ticket } from './allowance.ts';
import { type Entry, PriorityQueue, type Urgency } from './priority-queue.ts';
import { Refusals } from './refusals.ts';
import { Spending } from './spending.ts';

/** The right to send one request. Must be settled exactly once. */
export interface Permit {
  settle(outcome: Outcome): void;
}

export interface BudgetSettings {
  readonly source: string;
  readonly allowance: Allowance;
  readonly concurrency: number;
  readonly maxQueued: number;
  readonly clock: Clock;
}

/** Paces every request of one credential: grants permits by priority, fairly, within the allowance and the concurrency cap. */
export class Budget {
  readonly #settings: BudgetSettings;
  readonly #queue = new PriorityQueue<Permit>();
  readonly #spending: Spending;
  readonly #refusals: Refusals;
  #inFlight = 0;
  #granting = false;
  #grantAgain = false;
  #cancelTimer = (): void => {};
  #closed = false;

  constructor(settings: BudgetSettings) {
    this.#settings = settings;
    this.#spending = new Spending(settings.allowance.status().windowSeconds * 1000);
    this.#refusals = new Refusals(settings.source, settings.allowance, settings.clock);
  }

  /**
   * Waits for its turn. Fails at once when its turn cannot come before its deadline, or when too many wait.
   * @throws UpstreamError UPSTREAM_RATE_LIMITED; the signal's reason when aborted.
   */
  async acquire(urgency: Urgency, signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    if (this.#closed) throw this.#refusals.closing();
    const servedAt = this.forecast(urgency);
    if (servedAt > urgency.deadlineAt || !this.#makeRoom(urgency)) throw this.#refusals.budgetSpent(servedAt);
    const permit = this.#queue.wait(urgency, this.#settings.clock.now(), signal);
    this.#grant();
    return permit;
  }

  /** Earliest moment (epoch milliseconds) at which a newcomer of this urgency could be served. */
  forecast(urgency: Urgency): number {
    return this.#settings.allowance.forecast(this.#queue.ahead(urgency) + 1, this.#shareOf(urgency));
  }

  /** The same for one that already waits, as if it were next. */
  earliestGrant(urgency: Urgency): number {
    return this.#settings.allowance.forecast(1, this.#shareOf(urgency));
  }

  /** How urgent something is that waits has changed. */
  review(): void {
    this.#grant();
  }

  /** The error for a waiter whose deadline comes before its turn. */
  lateError(urgency: Urgency): UpstreamError {
    const servedAt = this.earliestGrant(urgency);
    return servedAt > this.#settings.clock.now() ? this.#refusals.budgetSpent(servedAt) : this.#passedOver(urgency);
  }

  /** The upstream answered 429: everything waits; what cannot wait that long fails now. */
  pause(ms: number): void {
    this.#settings.allowance.pause(this.#settings.clock.now() + ms);
    this.#grant();
  }

  status(): BudgetStatus {
    const { resetAt, ...allowance } = this.#settings.allowance.status();
    return {
      ...allowance,
      queued: this.#queue.size,
      resetAt: resetAt === null ? null : new Date(resetAt).toISOString(),
    };
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    for (const entry of [...this.#queue]) entry.refuse(this.#refusals.closing());
  }

  /** Grants what can be granted. One run at a time: an allowance may answer late. */
  #grant(): void {
    if (this.#granting) {
      this.#grantAgain = true;
      return;
    }
    this.#granting = true;
    void this.#grantAll().finally(() => {
      this.#granting = false;
      if (!this.#grantAgain) return;
      this.#grantAgain = false;
      this.#grant();
    });
  }

  async #grantAll(): Promise<void> {
    this.#cancelTimer();
    this.#refuseHopeless();
    while (!this.#closed && this.#queue.size > 0 && this.#inFlight < this.#settings.concurrency) {
      const retryAt = await this.#grantOne();
      if (retryAt === null) continue;
      this.#wakeAt(retryAt);
      return;
    }
    if (this.#queue.size > 0) this.#wakeAt(Number.POSITIVE_INFINITY);
  }

  /** @returns null when one was served, else when to try again. A call behind a refused one is served if it has to leave less to others. */
  async #grantOne(): Promise<number | null> {
    let refusedShare = Number.POSITIVE_INFINITY;
    let retryAt = Number.POSITIVE_INFINITY;
    for (const entry of this.#queue.heads()) {
      const share = this.#shareOf(entry.urgency);
      if (share >= refusedShare) continue;
      const taken = await this.#settings.allowance.take(share);
      if (taken.ticket) {
        this.#admit(entry, taken.ticket);
        return null;
      }
      this.#refusals.noteExhausted();
      refusedShare = share;
      retryAt = Math.min(retryAt, taken.retryAt);
    }
    return retryAt;
  }

  #admit(entry: Entry<Permit>, ticket: Ticket): void {
    const { allowance, clock } = this.#settings;
    if (!this.#queue.serve(entry)) {
      allowance.settle(ticket, { kind: 'uncounted' });
      return;
    }
    this.#spending.count(entry.urgency.operation, clock.now());
    this.#inFlight += 1;
    entry.admit({
      settle: (outcome) => {
        this.#inFlight -= 1;
        allowance.settle(ticket, outcome);
        this.#grant();
      },
    });
  }

  /** Those whose turn cannot come in time, even if they were next. */
  #refuseHopeless(): void {
    const now = this.#settings.clock.now();
    for (const entry of [...this.#queue]) {
      const servedAt = this.earliestGrant(entry.urgency);
      entry.urgency.onOutlook?.(servedAt);
      const { deadlineAt } = entry.urgency;
      if (servedAt > deadlineAt) entry.refuse(this.#refusals.budgetSpent(servedAt));
      else if (now >= deadlineAt) entry.refuse(this.#passedOver(entry.urgency));
    }
  }

  #wakeAt(retryAt: number): void {
    const { clock } = this.#settings;
    let wake = retryAt;
    for (const { urgency } of this.#queue) wake = Math.min(wake, urgency.deadlineAt);
    if (wake < Number.POSITIVE_INFINITY)
      this.#cancelTimer = clock.after(Math.max(1, wake - clock.now()), () => this.#grant());
  }

  /** @returns false when the queue is full of calls at least as urgent. */
  #makeRoom({ priority }: Urgency): boolean {
    if (this.#queue.size < this.#settings.maxQueued) return true;
    const displaced = this.#queue.leastUrgentBelow(priority);
    displaced?.refuse(this.#refusals.budgetSpent(this.forecast(displaced.urgency)));
    return displaced !== undefined;
  }

  #shareOf(urgency: Urgency): number {
    return this.#spending.shareFor(urgency, this.#settings.allowance.spendable, this.#settings.clock.now());
  }

  #passedOver(urgency: Urgency): UpstreamError {
    const waiting = [...this.#queue].find((entry) => entry.urgency === urgency);
    return this.#refusals.passedOver(urgency.deadlineAt, waiting?.enteredAt);
  }
}

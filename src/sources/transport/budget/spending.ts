import type { Priority } from '../scope.ts';
import type { Urgency } from './priority-queue.ts';

/** Part of the allowance that a call leaves to more urgent work. */
const SHARES: Readonly<Record<Priority, number>> = { interactive: 0, subscription: 0.1, index: 0.5 };
/** An interactive operation that has already had this part of the allowance is bulk work and leaves as much to small ones. */
const BULK_SHARE = 0.25;
const REMEMBERED_OPERATIONS = 2_000;

interface Spent {
  calls: number;
  readonly since: number;
}

/** What each operation has been granted lately, so that one bulk query cannot spend what small ones will want. */
export class Spending {
  readonly #windowMs: number;
  readonly #byOperation = new Map<string, Spent>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  count(operation: string, now: number): void {
    const spent = this.#current(operation, now);
    this.#byOperation.delete(operation);
    this.#byOperation.set(operation, { calls: (spent?.calls ?? 0) + 1, since: spent?.since ?? now });
    if (this.#byOperation.size > REMEMBERED_OPERATIONS) {
      const oldest = this.#byOperation.keys().next().value;
      if (oldest !== undefined) this.#byOperation.delete(oldest);
    }
  }

  /** The share that a call must leave untouched. `spendable`: what the allowance grants in one window. */
  shareFor({ operation, priority }: Urgency, spendable: number, now: number): number {
    const calls = this.#current(operation, now)?.calls ?? 0;
    return Math.max(SHARES[priority], calls >= spendable * BULK_SHARE ? BULK_SHARE : 0);
  }

  #current(operation: string, now: number): Spent | undefined {
    const spent = this.#byOperation.get(operation);
    return spent && now - spent.since < this.#windowMs ? spent : undefined;
  }
}

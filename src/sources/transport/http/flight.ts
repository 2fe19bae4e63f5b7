import type { Urgency } from '../budget/priority-queue.ts';
import type { Clock } from '../clock.ts';
import { PRIORITIES, type Scope } from '../scope.ts';

interface Waiter {
  readonly scope: Scope;
  readonly joinedAt: number;
  /** Called when its deadline comes before the answer can. */
  readonly refuse: () => void;
}

/**
 * One call on its way, and those who wait for it. It belongs to none of them: it is as urgent as the most urgent, waits in the
 * queue only while somebody waits for it, and once sent goes on to fill the cache.
 */
export class Flight {
  readonly urgency: Urgency;
  /** Version of the data when it was started. */
  readonly version: string | null | undefined;
  /** Called when the last waiter has left a call that was not sent yet. */
  readonly #onAbandoned: () => void;
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  readonly #initiator: Scope;
  #waitedMs = 0;
  readonly #startedAt: number;
  #leftQueueAt: number | null = null;
  #queue: { readonly abandon: AbortController; readonly enteredAt: number } | null = null;

  constructor(scope: Scope, version: string | null | undefined, clock: Clock, onAbandoned: () => void) {
    const { operation, priority, deadlineAt } = scope;
    this.urgency = { operation, priority, deadlineAt, onOutlook: (servedAt) => this.#refuseLate(servedAt) };
    this.version = version;
    this.#initiator = scope;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#onAbandoned = onAbandoned;
  }

  /** Who started it. */
  get operation(): string {
    return this.#initiator.operation;
  }

  get wanted(): boolean {
    return this.#waiters.size > 0;
  }

  get queued(): boolean {
    return this.#queue !== null;
  }

  /** Most of its time so far was spent waiting for budget. */
  get heldUp(): boolean {
    return this.queued || (this.#leftQueueAt !== null && this.#waitedMs > this.#clock.now() - this.#leftQueueAt);
  }

  /** Since it left the queue, or was started. */
  get underwayMs(): number {
    return this.#clock.now() - (this.#leftQueueAt ?? this.#startedAt);
  }

  /** @returns how to leave again. */
  join(scope: Scope, refuse: () => void): () => void {
    const waiter: Waiter = { scope, joinedAt: this.#clock.now(), refuse };
    this.#waiters.add(waiter);
    const { deadlineAt } = this.urgency;
    if (isMoreUrgent(scope, this.urgency)) this.#takeOver(scope);
    this.urgency.deadlineAt = Math.max(deadlineAt, scope.deadlineAt);
    return () => this.#leave(waiter);
  }

  /** Runs `wait` as the time in the queue; its signal aborts when nobody waits any more. */
  async inQueue<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#queue = { abandon: new AbortController(), enteredAt: this.#clock.now() };
    this.#reckonUrgency();
    if (!this.wanted) this.#abandon();
    try {
      return await wait(this.#queue.abandon.signal);
    } finally {
      this.#chargeWait(this.#queue.enteredAt);
      this.#leftQueueAt = this.#clock.now();
      this.#waitedMs += this.#leftQueueAt - this.#queue.enteredAt;
      this.#queue = null;
    }
  }

  countRequest(source: string): void {
    const [first] = this.#waiters;
    (first?.scope ?? this.#initiator).ledger.countRequest(source);
  }

  #leave(waiter: Waiter): void {
    if (this.#waiters.delete(waiter) && this.#queue) this.#charge(waiter, this.#queue.enteredAt);
    if (!this.#queue) return;
    if (this.wanted) this.#reckonUrgency();
    else this.#abandon();
  }

  /** That of the most urgent waiter, for as long as any waiter waits. */
  #reckonUrgency(): void {
    const [first, ...others] = [...this.#waiters].map(({ scope }) => scope);
    if (!first) return;
    this.#takeOver(others.reduce((most, scope) => (isMoreUrgent(scope, most) ? scope : most), first));
    for (const { deadlineAt } of others) this.urgency.deadlineAt = Math.max(this.urgency.deadlineAt, deadlineAt);
  }

  #takeOver({ operation, priority, deadlineAt }: Scope): void {
    Object.assign(this.urgency, { operation, priority, deadlineAt });
  }

  #refuseLate(servedAt: number): void {
    for (const { scope, refuse } of [...this.#waiters]) if (scope.deadlineAt < servedAt) refuse();
  }

  #abandon(): void {
    this.#queue?.abandon.abort(new Error('Nobody waits for this call any more.'));
    this.#onAbandoned();
  }

  #chargeWait(enteredAt: number): void {
    for (const waiter of this.#waiters) this.#charge(waiter, enteredAt);
  }

  #charge({ scope, joinedAt }: Waiter, enteredAt: number): void {
    scope.ledger.countWait(this.#clock.now() - Math.max(enteredAt, joinedAt));
  }
}

const isMoreUrgent = (one: Pick<Scope, 'priority'>, other: Pick<Scope, 'priority'>): boolean =>
  PRIORITIES.indexOf(one.priority) < PRIORITIES.indexOf(other.priority);

import type { Allowance, Outcome, Taken, Ticket } from './transport/budget/allowance.ts';
import type { Clock } from './transport/clock.ts';

/** For so long after its last 429 a key is taken to share its limit with the other keys that met one. */
const SHARED_MS = 10 * 60_000;
/** Longest that a 429 of one key holds back another of which nothing is proven: it may well be somebody else's. */
const LONGEST_HOLD_MS = 2_000;

interface Key {
  readonly own: Allowance;
  refusedAt: number;
  /** Other keys' 429s do not concern this one: it was answered just after one of theirs. */
  notSharedWith: WeakSet<Key>;
}

interface Hold {
  readonly by: Key;
  readonly since: number;
  readonly until: number;
}

/**
 * The allowances of the keys that callers bring for one server. Two keys may be of one user, to whom the server grants one limit for
 * all his keys, and nothing says so but a 429 that the pacing of neither key explains. So a 429 holds back every key for a moment; keys
 * that met one lately spend one allowance together; a key that was answered right after another's 429 is not held back by that other
 * one again, unless it meets a 429 itself.
 */
export class PassthroughAllowances {
  readonly #common: Allowance;
  readonly #clock: Clock;
  readonly #takenFrom = new WeakMap<Ticket, Allowance>();
  #hold: Hold | null = null;

  /** @param common as large as that of one key. */
  constructor(common: Allowance, clock: Clock) {
    this.#common = common;
    this.#clock = clock;
  }

  forKey(own: Allowance): Allowance {
    const key: Key = { own, refusedAt: Number.NEGATIVE_INFINITY, notSharedWith: new WeakSet() };
    const current = () => (this.#isShared(key) ? this.#common : own);
    const heldUntil = () => this.#heldUntil(key);
    return {
      get spendable() {
        return current().spendable;
      },
      take: async (share) => this.#take(key, share),
      settle: (ticket, outcome) => this.#settle(key, ticket, outcome),
      pause: (until) => this.#pause(key, until),
      forecast: (calls, share) => Math.max(heldUntil(), current().forecast(calls, share)),
      status: () => {
        const status = current().status();
        return this.#clock.now() < heldUntil() ? { ...status, remaining: 0 } : status;
      },
    };
  }

  async #take(key: Key, share: number): Promise<Taken> {
    const heldUntil = this.#heldUntil(key);
    if (this.#clock.now() < heldUntil) return { ticket: null, retryAt: heldUntil };
    const from = this.#isShared(key) ? this.#common : key.own;
    const taken = await from.take(share);
    if (taken.ticket) this.#takenFrom.set(taken.ticket, from);
    return taken;
  }

  #settle(key: Key, ticket: Ticket, outcome: Outcome): void {
    (this.#takenFrom.get(ticket) ?? key.own).settle(ticket, outcome);
    const hold = this.#hold;
    if (hold && outcome.kind === 'answered' && ticket.takenAt >= hold.since && !this.#isShared(key))
      key.notSharedWith.add(hold.by);
  }

  #pause(key: Key, until: number): void {
    const now = this.#clock.now();
    key.refusedAt = now;
    key.notSharedWith = new WeakSet();
    key.own.pause(until);
    this.#common.pause(until);
    this.#hold = { by: key, since: now, until: Math.min(until, now + LONGEST_HOLD_MS) };
  }

  #heldUntil(key: Key): number {
    const hold = this.#hold;
    return hold && hold.by !== key && !key.notSharedWith.has(hold.by) ? hold.until : Number.NEGATIVE_INFINITY;
  }

  #isShared({ refusedAt }: Key): boolean {
    return this.#clock.now() < refusedAt + SHARED_MS;
  }
}

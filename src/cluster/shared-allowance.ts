import { randomUUID } from 'node:crypto';
import type { Allowance, AllowanceStatus, Outcome, Taken, Ticket } from '#sources/transport/budget/allowance.ts';
import type { BudgetOptions } from '#sources/transport/budget/budget-options.ts';
import { createLocalAllowance } from '#sources/transport/budget/local-allowance.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { bucketRule } from './bucket-rule.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';
import type { SharedRule, SharedView } from './shared-rule.ts';
import { windowRule } from './window-rule.ts';

export interface SharedAllowanceParts {
  readonly link: RedisLink;
  readonly membership: Membership;
  /** Of source and credential, the prefix included. */
  readonly key: string;
  readonly budget: BudgetOptions;
}

/** How soon a question that Redis left open is asked again. */
const ASK_AGAIN_MS = 100;

interface Held {
  /** Its name in the shared book; null: not entered there. */
  readonly id: string | null;
  readonly own: { readonly allowance: Allowance; readonly ticket: Ticket } | null;
}

/** A divided allowance, and the circumstances it was made for. */
interface OwnShare {
  readonly allowance: Allowance;
  readonly parts: number;
}

/**
 * One upstream limit kept by several processes. Three modes:
 *
 * - *shared*: Redis grants, and counts what every process spends.
 * - *alone*: Redis is away. Nothing is spent until what the others had spent by then has surely been forgotten by the upstream;
 *   after that each process spends its part.
 * - *settling*: Redis is new, or somebody comes back who was alone. For one window a call needs both its own part and the shared
 *   book, which is then complete again.
 *
 * Never throws and never waits long: what Redis does not answer in time is refused for a moment.
 */
export class SharedAllowance implements Allowance {
  readonly #parts: SharedAllowanceParts;
  readonly #rule: SharedRule;
  readonly #held = new WeakMap<Ticket, Held>();
  #view: SharedView;
  /** Of the shared state, when it was last read. */
  #born: number | null = null;
  #own: OwnShare | null = null;
  /** `aloneSince` of the time alone that `#own` is for. */
  #wasAlone: number | null = null;

  constructor(parts: SharedAllowanceParts) {
    this.#parts = parts;
    const { rate, reserve } = parts.budget;
    this.#rule = rate.kind === 'fixedWindow' ? windowRule(rate, reserve) : bucketRule(rate, reserve);
    this.#view = this.#rule.unread;
  }

  get spendable(): number {
    return Math.min(this.#view.spendable, this.#own?.allowance.spendable ?? Number.POSITIVE_INFINITY);
  }

  async take(share: number): Promise<Taken> {
    return this.#alone ? this.#takeOwn(this.#alone, null, share) : this.#takeShared(share);
  }

  settle(ticket: Ticket, outcome: Outcome): void {
    const held = this.#held.get(ticket);
    this.#held.delete(ticket);
    held?.own?.allowance.settle(held.own.ticket, outcome);
    const settlement = this.#rule.settlement(outcome, Date.now());
    if (held?.id && settlement) this.#tell('settle', [held.id, ...settlement]);
  }

  pause(until: number): void {
    (this.#alone ?? this.#own)?.allowance.pause(until);
    this.#tell('pause', [String(Math.max(0, Math.ceil(until - Date.now())))]);
  }

  forecast(calls: number, share: number): number {
    const own = (this.#alone ?? this.#own)?.allowance.forecast(calls, share) ?? 0;
    return this.#alone ? own : Math.max(own, this.#view.forecast(Date.now(), calls, share));
  }

  status(): AllowanceStatus {
    const shared = this.#view.status(Date.now());
    if (!this.#alone) return shared;
    const { remaining, resetAt } = this.#alone.allowance.status();
    return { ...shared, remaining: Math.min(remaining, shared.limit), resetAt };
  }

  /** What this process may spend while it is alone; null while it is not. */
  get #alone(): OwnShare | null {
    const { aloneSince, wasShared, parts } = this.#parts.membership;
    if (aloneSince === null) return null;
    if (this.#own && this.#wasAlone === aloneSince) return this.#own;
    this.#wasAlone = aloneSince;
    this.#own = this.#share(parts);
    if (wasShared) this.#own.allowance.pause(this.#rule.quietUntil(this.#view, aloneSince));
    return this.#own;
  }

  async #takeShared(share: number): Promise<Taken> {
    const id = randomUUID();
    try {
      await this.#rejoin();
      const [granted, waitMs = 0, settlingMs = 0] = await this.#ask('take', [id, String(share)]);
      if (granted !== 1) return { ticket: null, retryAt: Date.now() + Math.max(1, waitMs) };
      if (settlingMs > 0) return await this.#takeOwn(this.#settlingShare(), id, share);
      this.#own = null;
      return { ticket: this.#hold({ id, own: null }) };
    } catch {
      // It may have been granted all the same.
      if (this.#rule.namesRequests) this.#tell('settle', [id, 'uncounted']);
      return { ticket: null, retryAt: Date.now() + ASK_AGAIN_MS };
    }
  }

  async #takeOwn({ allowance }: OwnShare, id: string | null, share: number): Promise<Taken> {
    const taken = await allowance.take(share);
    if (taken.ticket) return { ticket: this.#hold({ id, own: { allowance, ticket: taken.ticket } }) };
    if (id) this.#tell('settle', [id, 'uncounted']);
    return taken;
  }

  /** Tells the others, once, that this process has spent what they did not see. */
  async #rejoin(): Promise<void> {
    if (this.#wasAlone === null) return;
    await this.#ask('rejoin', []);
    this.#wasAlone = null;
  }

  #settlingShare(): OwnShare {
    const { parts } = this.#parts.membership;
    if (this.#own?.parts !== parts) this.#own = this.#share(parts);
    return this.#own;
  }

  #share(parts: number): OwnShare {
    return { allowance: createLocalAllowance(this.#rule.divided(parts, this.#view), systemClock), parts };
  }

  #hold(held: Held): Ticket {
    const ticket: Ticket = { takenAt: Date.now() };
    this.#held.set(ticket, held);
    return ticket;
  }

  #tell(deed: string, args: readonly string[]): void {
    if (this.#parts.membership.aloneSince === null) void this.#ask(deed, args).catch(() => undefined);
  }

  async #ask(deed: string, args: readonly string[]): Promise<readonly number[]> {
    const { link, membership, key } = this.#parts;
    const { part } = membership;
    const keys = [`${key}:state`, `${key}:open`];
    const settings = [deed, ...this.#rule.settings(part)];
    const reply = (await link.run(this.#rule.script, keys, [...settings, ...args])) as readonly number[];
    const before = this.#view;
    const now = Date.now();
    this.#view = this.#rule.read(reply, now, part);
    if (this.#isForgotten(reply[3] ?? null)) await this.#warnOthers(this.#rule.forgottenUntil(before, now), now);
    return reply;
  }

  #isForgotten(born: number | null): boolean {
    const former = this.#born;
    this.#born = born;
    return former !== null && former !== born;
  }

  /** What was spent of the present window is known to nobody any more: all wait for its end. */
  async #warnOthers(until: number | null, now: number): Promise<void> {
    if (until === null || until < now) return;
    await this.#ask('pause', [String(Math.ceil(until - now))]);
    throw new Error('Redis has forgotten the budget.');
  }
}

import { randomUUID } from 'node:crypto';
import type {
  Allowance,
  AllowanceStatus,
  BudgetOptions,
  Outcome,
  Taken,
  Ticket,
} from '#sources/transport/budget/allowance.ts';
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
  /** Of what has the limit, the prefix included: a source, or a key that a caller brought. */
  readonly key: string;
  readonly budget: BudgetOptions;
}

/** When to try again after Redis has not answered. */
const RETRY_MS = 100;

interface Held {
  /** The id of the request in Redis; null: it is not counted there. */
  readonly id: string | null;
  /** The ticket of the own share; null: the request is not counted there. */
  readonly own: { readonly allowance: Allowance; readonly ticket: Ticket } | null;
}

/** The allowance for one of `parts` equal parts of the budget, counted in this process. */
interface OwnShare {
  readonly allowance: Allowance;
  readonly parts: number;
}

/**
 * One upstream limit that several processes keep together. It has three modes:
 *
 * - *shared*: Redis counts the requests of all processes and grants each one.
 * - *alone*: Redis cannot be reached. It is not known what the other processes have sent in the current window, so nothing is sent
 *   until that window has surely ended. After that each process counts by itself and uses its own part of the limit.
 * - *settling*: Redis has no data yet, or a process returns that was alone. The count in Redis then lacks requests that were made
 *   without it. For one window a request must be granted by Redis and by the process's own part. After that the count is complete.
 *
 * Never throws, and never waits long: a request that Redis does not answer in time is refused, to be tried again shortly after.
 */
export class SharedAllowance implements Allowance {
  readonly #parts: SharedAllowanceParts;
  readonly #rule: SharedRule;
  readonly #held = new WeakMap<Ticket, Held>();
  #view: SharedView;
  /** When the state in Redis was created, as last read. If it changes, Redis has lost the state. */
  #born: number | null = null;
  #own: OwnShare | null = null;
  /** The value of `aloneSince` for which `#own` was made; null when the other processes know of everything sent. */
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
    if (held?.id && settlement) this.#notify('settle', [held.id, ...settlement]);
  }

  pause(until: number): void {
    (this.#alone ?? this.#own)?.allowance.pause(until);
    this.#notify('pause', [String(Math.max(0, Math.ceil(until - Date.now())))]);
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

  /** The own share while Redis cannot be reached; null while it can. */
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
      const [granted, waitMs = 0, settlingMs = 0] = await this.#run('take', [id, String(share)]);
      if (granted !== 1) return { ticket: null, retryAt: Date.now() + Math.max(1, waitMs) };
      if (settlingMs > 0) return await this.#takeOwn(this.#settlingShare(), id, share);
      this.#own = null;
      return { ticket: this.#hold({ id, own: null }) };
    } catch {
      // Redis may have granted the request although its answer did not arrive.
      if (this.#rule.namesRequests) this.#notify('settle', [id, 'uncounted']);
      return { ticket: null, retryAt: Date.now() + RETRY_MS };
    }
  }

  async #takeOwn({ allowance }: OwnShare, id: string | null, share: number): Promise<Taken> {
    const taken = await allowance.take(share);
    if (taken.ticket) return { ticket: this.#hold({ id, own: { allowance, ticket: taken.ticket } }) };
    if (id) this.#notify('settle', [id, 'uncounted']);
    return taken;
  }

  /** After a time alone: starts settling for all processes, since this one has sent requests that Redis has not counted. */
  async #rejoin(): Promise<void> {
    if (this.#wasAlone === null) return;
    await this.#run('rejoin', []);
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

  #notify(command: string, args: readonly string[]): void {
    if (this.#parts.membership.aloneSince === null) void this.#run(command, args).catch(() => undefined);
  }

  async #run(command: string, args: readonly string[]): Promise<readonly number[]> {
    const { link, membership, key } = this.#parts;
    const { part } = membership;
    const keys = [`${key}:state`, `${key}:open`];
    const settings = [command, ...this.#rule.settings(part)];
    const reply = (await link.run(this.#rule.script, keys, [...settings, ...args])) as readonly number[];
    const before = this.#view;
    const now = Date.now();
    this.#view = this.#rule.read(reply, now, part);
    if (this.#isLost(reply[3] ?? null)) await this.#pauseAll(this.#rule.lostUntil(before, now), now);
    return reply;
  }

  #isLost(born: number | null): boolean {
    const former = this.#born;
    this.#born = born;
    return former !== null && former !== born;
  }

  /** Redis has lost the count, and it is not known what was sent in the current window: all processes wait for its end. */
  async #pauseAll(until: number | null, now: number): Promise<void> {
    if (until === null || until < now) return;
    await this.#run('pause', [String(Math.ceil(until - now))]);
    throw new Error('Redis has lost the budget.');
  }
}

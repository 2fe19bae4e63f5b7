/** Who is served first when the budget is short: left before right. */
export const PRIORITIES = ['interactive', 'subscription', 'index'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** On whose behalf an upstream call is made, and how long it may take. */
export interface Scope {
  /**
   * Names one run of one operation, e.g. by request id. Calls of different operations take turns, one that asks for much is held
   * back, and an answer that an operation has caused is fresh to it.
   */
  readonly operation: string;
  readonly priority: Priority;
  /** Epoch milliseconds after which waiting for an answer is pointless. */
  readonly deadlineAt: number;
  /** Aborts this caller's wait; work that others wait for goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Skip cached answers (they are still refreshed). */
  readonly bypassCache: boolean;
  /** How long past its freshness what the index has read will do. @default 0 */
  readonly maxStaleMs?: number;
  readonly ledger: Ledger;
}

/** Asks anew even for what this very operation has read already: that is what is in doubt. */
export const pastCache = (scope: Scope): Scope => ({
  ...scope,
  operation: `${scope.operation}, again`,
  bypassCache: true,
});

/** What one operation has cost so far, and for how long what it has read may be used. */
export class Ledger {
  readonly #requests = new Map<string, number>();
  cacheHits = 0;
  joins = 0;
  waitedMs = 0;
  /** Age of the oldest answer served past its freshness, in milliseconds. */
  oldestStaleMs = 0;
  /** Age of the oldest answer of a source that was read, fresh or not, in milliseconds. */
  oldestMs = 0;
  #freshUntil = Number.POSITIVE_INFINITY;

  countRequest(source: string): void {
    this.#requests.set(source, (this.#requests.get(source) ?? 0) + 1);
  }

  /** Upstream requests made, by source name. */
  get requests(): ReadonlyMap<string, number> {
    return this.#requests;
  }

  /** Epoch milliseconds: until then, all that was read so far would be read again as it is. In the past: some of it would not. */
  get freshUntil(): number {
    return this.#freshUntil;
  }

  /** Something was read that may be used until then. */
  countRead(freshUntil: number): void {
    this.#freshUntil = Math.min(this.#freshUntil, freshUntil);
  }

  /** Something was read that may be another at any moment. */
  countLive(): void {
    this.countRead(Number.NEGATIVE_INFINITY);
  }

  /** An answer of a source was read. */
  countAge(ageMs: number): void {
    this.oldestMs = Math.max(this.oldestMs, ageMs);
  }

  countWait(ms: number): void {
    this.waitedMs += ms;
  }

  countStale(ageMs: number): void {
    this.countLive();
    this.oldestStaleMs = Math.max(this.oldestStaleMs, ageMs);
  }
}

/** What one operation has cost so far. */
export class Ledger {
  readonly #requests = new Map<string, number>();
  cacheHits = 0;
  joins = 0;
  waitedMs = 0;
  /** Age of the oldest answer served past its freshness, in milliseconds. */
  oldestStaleMs = 0;

  countRequest(source: string): void {
    this.#requests.set(source, (this.#requests.get(source) ?? 0) + 1);
  }

  /** Upstream requests made, by source name. */
  get requests(): ReadonlyMap<string, number> {
    return this.#requests;
  }

  countWait(ms: number): void {
    this.waitedMs += ms;
  }

  countStale(ageMs: number): void {
    this.oldestStaleMs = Math.max(this.oldestStaleMs, ageMs);
  }
}

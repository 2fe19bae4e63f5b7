export interface BudgetStatus {
  /** Requests the upstream grants per window, or holds in a full bucket. */
  readonly limit: number;
  /** Seconds in which the whole limit is granted anew. */
  readonly windowSeconds: number;
  /** What can be sent now, as far as is known: without the reserve, and nothing during a pause. */
  readonly remaining: number;
  readonly queued: number;
  /** RFC 3339, null when nothing was used. */
  readonly resetAt: string | null;
}

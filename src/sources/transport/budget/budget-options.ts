/** The server's published allowance, not what is left of it for us: reserve and safety margins come off it here. */
export type RateLimit =
  | { readonly kind: 'fixedWindow'; readonly limit: number; readonly windowSeconds: number }
  | { readonly kind: 'tokenBucket'; readonly perSecond: number; readonly burst: number };

export interface BudgetOptions {
  readonly rate: RateLimit;
  /** Share left to the people who use the product's own UI. Default 0.1. */
  readonly reserve?: number;
  /** Calls that may wait at once. Default 1000. */
  readonly maxQueued?: number;
}

export const DEFAULT_RESERVE = 0.1;
export const DEFAULT_MAX_QUEUED = 1000;

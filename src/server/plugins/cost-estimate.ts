import type { Estimate } from '#graphql/pricing/estimate.ts';

/** What each operation was estimated to cost, for the report of what it did cost. */
export const costEstimate = new WeakMap<object, Estimate>();

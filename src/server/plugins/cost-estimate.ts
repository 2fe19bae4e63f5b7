import type { Estimate } from '#graphql/pricing/estimate.ts';

/** The estimate for each operation, by its context, to be reported next to the actual cost. */
export const costEstimate = new WeakMap<object, Estimate>();

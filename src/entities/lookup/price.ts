import type { PriceOf } from '#cost/price.ts';

/** Nothing where the index answers; else one call per term and source, to look for a resource. */
export const perTerm: PriceOf = ({ args: { any }, sources, pictured }) => ({
  kind: 'SCANORBIT',
  requests: pictured ? 0 : (Array.isArray(any) ? any.length : 1) * sources.SCANORBIT,
});

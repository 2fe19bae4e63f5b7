import type { Plugin } from 'graphql-yoga';
import type { CostLimit } from '#graphql/pricing/check-cost.ts';
import type { Estimate } from '#graphql/pricing/estimate.ts';
import type { Ledger } from '#sources/transport/ledger.ts';
import { costEstimate } from './cost-estimate.ts';
import { useResultHook } from './use-result-hook.ts';

type EstimatedKind = Pick<CostLimit, 'kind' | 'side'>;

/** What one operation has cost, as `extensions.cost` shows it. */
const costReport = (ledger: Ledger, estimated: Estimate | undefined, kinds: readonly EstimatedKind[]) => ({
  // Infinite where a list could not be looked at: then nothing can be said.
  ...(estimated &&
    Object.values(estimated.requests).every(Number.isFinite) && {
      estimated: Object.fromEntries(kinds.map(({ kind, side }) => [kind, estimated.requests[side]])),
    }),
  requests: Object.fromEntries(ledger.requests),
  cacheHits: ledger.cacheHits,
  joins: ledger.joins,
  waitedMs: Math.round(ledger.waitedMs),
  // Rounded up: 0 means that nothing was stale.
  oldestStaleSeconds: Math.ceil(ledger.oldestStaleMs / 1000),
});

/** Adds `extensions.cost`; other reporters may add to the same object. */
export const useCostReport = (kinds: readonly EstimatedKind[]): Plugin =>
  useResultHook((payload, context) => {
    const known = payload.extensions?.cost as object | undefined;
    payload.extensions = {
      ...payload.extensions,
      cost: { ...known, ...costReport(context.scope.ledger, costEstimate.get(context), kinds) },
    };
  });

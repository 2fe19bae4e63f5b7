import { isSame } from '#config/reload-settings.ts';
import { type KeyedSource, type Spending, serverIdentity } from './keyed-source.ts';
import type { Allowance, BudgetOptions } from './transport/budget/allowance.ts';

/**
 * What the configured sources may spend: of each server once, whatever keys and settings it had in turn. What was spent with the former
 * ones is spent.
 * @param isShared the requests are counted where all processes see them, not here
 */
export const allowancesOfServers = (isShared: boolean): ((options: KeyedSource['options']) => Spending) => {
  const known = new Map<string, { readonly allowance: Allowance; readonly budget: BudgetOptions }>();
  return (options) => {
    const identity = serverIdentity(options);
    return {
      identity,
      allowanceOf: (own, budget) => {
        const former = known.get(identity);
        if (former && isSame([former.budget.rate, former.budget.reserve], [budget.rate, budget.reserve]))
          return former.allowance;
        if (former && !isShared) spend(own, former.allowance.spendable - former.allowance.status().remaining);
        known.set(identity, { allowance: own, budget });
        return own;
      },
    };
  };
};

/** As if so many requests had just been sent, of whose answers nothing is known. */
const spend = (allowance: Allowance, requests: number): void => {
  for (let i = 0; i < requests; i += 1) {
    const taken = allowance.take(0);
    if (!(taken instanceof Promise) && taken.ticket) allowance.settle(taken.ticket, { kind: 'unknown' });
  }
};

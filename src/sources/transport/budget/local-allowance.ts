import type { Clock } from '../clock.ts';
import type { Allowance, RateRule } from './allowance.ts';
import { type BudgetOptions, DEFAULT_RESERVE } from './allowance.ts';
import { FixedWindow } from './fixed-window.ts';
import { TokenBucket } from './token-bucket.ts';

/** The allowance of a credential that only this process uses. */
export const createLocalAllowance = (options: BudgetOptions, clock: Clock): Allowance => {
  const rule = ruleOf(options);
  let pausedUntil = Number.NEGATIVE_INFINITY;
  return {
    get spendable() {
      return rule.spendable;
    },
    take: (share) => {
      const now = clock.now();
      return now < pausedUntil ? { ticket: null, retryAt: pausedUntil } : rule.take(now, share);
    },
    settle: (ticket, outcome) => rule.settle(ticket, outcome, clock.now()),
    pause: (until) => {
      rule.refused(clock.now());
      pausedUntil = Math.max(pausedUntil, until);
    },
    forecast: (calls, share) => Math.max(pausedUntil, rule.forecast(clock.now(), calls, share)),
    status: () => {
      const status = rule.status(clock.now());
      if (clock.now() >= pausedUntil) return status;
      return { ...status, remaining: 0, resetAt: Math.max(status.resetAt ?? 0, pausedUntil) };
    },
  };
};

const ruleOf = ({ rate, reserve = DEFAULT_RESERVE }: BudgetOptions): RateRule =>
  rate.kind === 'fixedWindow'
    ? new FixedWindow({
        limit: rate.limit,
        windowMs: rate.windowSeconds * 1000,
        reserved: Math.ceil(rate.limit * reserve),
      })
    : new TokenBucket({ perSecond: rate.perSecond, burst: rate.burst, reserve });

import type { KeyedSource, SourceConfig } from './keyed-source.ts';
import { sourceIdentity } from './keyed-source.ts';
import type { BudgetOptions, RateLimit } from './transport/budget/allowance.ts';
import { createLocalAllowance } from './transport/budget/local-allowance.ts';
import { systemClock } from './transport/clock.ts';
import type { TransportOptions } from './transport/transport-options.ts';

type Common = Omit<TransportOptions, 'headers' | 'baseUrl'>;

/** What both kinds of source take from their configuration. Settings left out keep the transport's own defaults. */
export const transportOptions = (source: KeyedSource, standard: RateLimit): Common => {
  const { options, key, cache, deps } = source;
  const { timeouts } = options;
  const budget = budgetOf(options.budget, standard);
  return {
    source: options.name,
    fingerprint: key.fingerprint,
    cache,
    budget,
    ...allowanceOf(source, budget),
    // Where the cache is off, answers of other processes are not taken either.
    ...(deps.replicas && cache.answers.maxSize > 1 && { answers: deps.replicas.answers(sourceIdentity(source)) }),
    ...(options.budget.concurrency !== undefined && { concurrency: options.budget.concurrency }),
    timeouts: given(timeouts),
    ...(deps.onEvent && { onEvent: deps.onEvent }),
    ...(deps.clock && { clock: deps.clock }),
  };
};

/** Left out where the process has the whole of it to itself, and the key is nobody's but ours. */
const allowanceOf = (source: KeyedSource, budget: BudgetOptions): Pick<TransportOptions, 'allowance'> => {
  const { deps, spending } = source;
  const shared = deps.replicas?.allowance(spending?.identity ?? sourceIdentity(source), budget);
  if (!spending) return shared ? { allowance: shared } : {};
  const own = shared ?? createLocalAllowance(budget, deps.clock ?? systemClock);
  return { allowance: spending.allowanceOf(own, budget) };
};

const budgetOf = (budget: SourceConfig['budget'], standard: RateLimit): BudgetOptions => ({
  rate: rateOf(budget, standard),
  ...(budget.reserve !== undefined && { reserve: budget.reserve }),
  ...(budget.queue !== undefined && { maxQueued: budget.queue }),
});

const rateOf = (budget: SourceConfig['budget'], standard: RateLimit): RateLimit => {
  const { limit, windowSeconds, ratePerSecond, burst } = budget;
  if (limit !== undefined || windowSeconds !== undefined) {
    return { kind: 'fixedWindow', limit: limit ?? 100, windowSeconds: windowSeconds ?? 60 };
  }
  if (ratePerSecond !== undefined || burst !== undefined) {
    return {
      kind: 'tokenBucket',
      perSecond: ratePerSecond ?? 5,
      burst: burst ?? Math.max(1, Math.ceil(ratePerSecond ?? 5)),
    };
  }
  return standard;
};

type Given<T> = { -readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;

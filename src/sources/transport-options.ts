import type { RateLimit } from '#upstreams/transport/budget-options.ts';
import type { TransportOptions } from '#upstreams/transport/transport-options.ts';
import type { KeyedSource, SourceConfig } from './open-source.ts';

type Common = Omit<TransportOptions, 'headers' | 'baseUrl'>;

/** What both kinds of source take from their configuration. Settings left out keep the transport's own defaults. */
export const transportOptions = ({ options, key, cache, deps }: KeyedSource, standard: RateLimit): Common => {
  const { budget, timeouts } = options;
  return {
    source: options.name,
    fingerprint: key.fingerprint,
    cache,
    budget: {
      rate: rateOf(budget, standard),
      ...(budget.reserve !== undefined && { reserve: budget.reserve }),
      ...(budget.queue !== undefined && { maxQueued: budget.queue }),
    },
    ...(budget.concurrency !== undefined && { concurrency: budget.concurrency }),
    timeouts: given(timeouts),
    ...(deps.onEvent && { onEvent: deps.onEvent }),
  };
};

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

import type { Replicas } from '#cluster/replicas.ts';
import type { GatewayConfig } from '#config/config.ts';
import type { Logger } from './observability/logger.ts';

/** Joins the other replicas through Redis, if it is configured. Only then is the Redis client loaded. */
export const joinReplicas = async ({ redis }: GatewayConfig, logger: Logger): Promise<Replicas | null> => {
  if (redis.url === null) return null;
  const { openReplicas } = await import('#cluster/replicas.ts');
  return openReplicas({
    url: redis.url.reveal(),
    keyPrefix: redis.keyPrefix,
    replicas: redis.replicas,
    onMode: (mode) =>
      mode === 'alone'
        ? logger.warn('Redis does not answer: this gateway now uses only its own part of each budget')
        : logger.info('Sharing budgets, answers, indexes and watchers with other gateways through Redis'),
  });
};

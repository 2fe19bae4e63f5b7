import { type DestinationStream, type Logger, pino } from 'pino';
import type { GatewayConfig } from '#config/config.ts';

export type { Logger };

const SENSITIVE = [
  'authorization',
  'cookie',
  'apiKey',
  'key',
  'password',
  'secret',
  'token',
  '["x-api-key"]',
  '["set-cookie"]',
];

/**
 * Structured logs, one JSON object a line. Redacted twice: by field name, and, since a key could stand in any text, by
 * value: no line that holds a configured secret leaves with it.
 */
export const createLogger = (config: GatewayConfig, destination: DestinationStream = pino.destination(2)): Logger => {
  const secrets = new Set<string>();
  const logger = pino(
    {
      level: config.log.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: SENSITIVE.flatMap((name) => [name, name.startsWith('[') ? `*${name}` : `*.${name}`]),
        censor: '[redacted]',
      },
      hooks: { streamWrite: (line) => redacted(line, secrets) },
    },
    destination,
  );
  secretsOfLogger.set(logger, secrets);
  updateLogger(logger, config);
  return logger;
};

const secretsOfLogger = new WeakMap<Logger, Set<string>>();

/** From now on with this level, and without these secrets either. */
export const updateLogger = (
  logger: Logger,
  { sources, server, redis, history, watches, log }: GatewayConfig,
): void => {
  logger.level = log.level;
  const ofWebhooks = watches.flatMap(({ webhooks }) => webhooks.flatMap(({ url, secret }) => [url, secret]));
  const ofSources = sources.map(({ apiKey }) => apiKey);
  for (const secret of [...ofSources, server.operator.token, redis.url, history.url, ...ofWebhooks]) {
    if (secret) secretsOfLogger.get(logger)?.add(secret.reveal());
  }
};

const redacted = (line: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line);

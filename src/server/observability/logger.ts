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
  const known = secretsOfLogger.get(logger);
  if (!known) return;
  const given = [...ofSources, server.operator.token, redis.url, history.url, ...ofWebhooks];
  const written = given.flatMap((secret) => (secret ? [inJson(secret.reveal())] : []));
  // One may begin as another does: the longest is looked for first.
  const longestFirst = [...known, ...written].toSorted((one, other) => other.length - one.length);
  known.clear();
  for (const text of longestFirst) known.add(text);
};

/** As it stands in a line, which is JSON. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const redacted = (line: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line);

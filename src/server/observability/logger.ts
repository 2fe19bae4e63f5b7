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
  const known = [...config.sources.map(({ apiKey }) => apiKey), config.server.operator.token, config.redis.url];
  const secrets = known.flatMap((secret) => (secret ? [secret.reveal()] : []));
  return pino(
    {
      level: config.log.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: SENSITIVE.flatMap((name) => [name, name.startsWith('[') ? `*${name}` : `*.${name}`]),
        censor: '[redacted]',
      },
      hooks: { streamWrite: (line) => secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line) },
    },
    destination,
  );
};

import { Writable } from 'node:stream';
import type { GatewayConfig } from '#config/config.ts';
import { createLogger, type Logger } from '#server/observability/logger.ts';

/** A real logger whose lines stay here. */
export const collectedLogs = (config: GatewayConfig): { readonly logger: Logger; readonly lines: string[] } => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { logger: createLogger(config, sink), lines };
};

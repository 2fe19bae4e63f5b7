import type { GatewayConfig } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import type { Logger } from '../observability/logger.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * Without authentication, only this machine may ask.
 * @throws ConfigError when the gateway would listen to others and nobody said that this is wanted.
 */
export const guardOpenNetwork = ({ auth, server }: GatewayConfig, logger: Logger): void => {
  if (auth.mode !== 'none' || isLoopback(server.host)) return;
  if (!auth.allowOpenNetwork) {
    const message = `without authentication (auth mode "none") expected a loopback address such as 127.0.0.1, got ${JSON.stringify(server.host)}; choose an auth mode, or set auth.allowOpenNetwork (INVENTORY_ALLOW_OPEN_NETWORK=on) if everyone who can reach this address may see the whole inventory`;
    throw new ConfigError([{ path: 'server.host', message }]);
  }
  logger.warn(
    { host: server.host },
    'OPEN TO THE NETWORK WITHOUT AUTHENTICATION: everyone who can reach this address sees the whole inventory',
  );
};

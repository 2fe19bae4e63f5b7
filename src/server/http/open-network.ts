import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import type { Logger } from '../observability/logger.ts';

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

/**
 * Whether a request is a DNS rebinding attack: the name of a foreign page was made to resolve to this machine, so that the browser takes
 * the gateway for the page's own server. Such a request names a foreign host. It is checked only without authentication, where whoever
 * is on this machine has access.
 */
export const isRebound = ({ auth, server }: GatewayConfig, { headers: { host } }: IncomingMessage): boolean => {
  if (auth.mode !== 'none' || auth.allowOpenNetwork || !isLoopback(server.host) || host === undefined) return false;
  return !URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''));
};

/** Whether only this machine can reach what listens on `host`. */
export const isLoopback = (host: string): boolean =>
  isIP(host) ? ipaddr.process(host).range() === 'loopback' : host === 'localhost';

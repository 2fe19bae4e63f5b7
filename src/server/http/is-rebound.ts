import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * Whether a request is a DNS rebinding attack: the name of a foreign page was made to resolve to this machine, so that the browser takes
 * the gateway for the page's own server. Such a request names a foreign host. It is checked only without authentication, where whoever
 * is on this machine has access.
 */
export const isRebound = ({ auth, server }: GatewayConfig, { headers: { host } }: IncomingMessage): boolean => {
  if (auth.mode !== 'none' || auth.allowOpenNetwork || !isLoopback(server.host) || host === undefined) return false;
  return !URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''));
};

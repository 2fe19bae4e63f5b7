import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * Whether a request for this machine alone names another host: a foreign page whose name was made to resolve to this machine (DNS
 * rebinding), which its browser takes for the gateway's own. Only without authentication, where being on this machine is what lets in.
 */
export const isRebound = ({ auth, server }: GatewayConfig, { headers: { host } }: IncomingMessage): boolean => {
  if (auth.mode !== 'none' || auth.allowOpenNetwork || !isLoopback(server.host) || host === undefined) return false;
  return !URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''));
};

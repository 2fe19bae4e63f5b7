import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether only this machine can reach what listens on `host`. */
export const isLoopback = (host: string): boolean =>
  isIP(host) ? ipaddr.process(host).range() === 'loopback' : host === 'localhost';

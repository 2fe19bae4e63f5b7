import type { PriceOf } from '#cost/price.ts';
import { fromWholeSet, wholeList, wholeSet } from '#cost/prices.ts';
import { LIVE_VERTICES } from './terrain.ts';

const ENDS = 2;
const RECENT_SCANS = fromWholeSet('SCANORBIT', 'recent scans');
const ACCOUNTS = fromWholeSet('SCANORBIT', 'accounts');
const NETWORK = [
  wholeList('SCANOPY', 'hosts'),
  wholeSet('SCANOPY', 'serviceDependencies'),
  wholeList('SCANOPY', 'services'),
] as const;

/** Nothing where the index has read every relation; else both ends of the few assets that a live walk asks about. */
export const walkPrice: PriceOf = (input) => {
  if (input.pictured) return { kind: 'SCANORBIT', requests: 0 };
  const also = [RECENT_SCANS, ACCOUNTS, ...NETWORK].map((price) => price(input));
  return { kind: 'SCANORBIT', requests: ENDS * LIVE_VERTICES, also };
};

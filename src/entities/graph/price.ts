import type { PriceOf } from '#graphql/pricing/price.ts';
import { byId, fromWholeSet, RECENT_SCANS, tollsOf, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { LIVE_VERTICES } from './terrain.ts';

const ENDS = 2;
const ACCOUNTS = fromWholeSet('CLOUD', 'accounts');
const RESOURCES = byId('CLOUD', 'resources');
const NETWORK = [
  wholeList('NETWORK', 'hosts'),
  wholeSet('NETWORK', 'serviceDependencies'),
  wholeList('NETWORK', 'services'),
] as const;

/** Nothing where the index has read every relation; else both ends of the few assets that a live walk asks about. */
export const walkPrice: PriceOf = (input) => {
  if (input.pictured) return { side: 'CLOUD', requests: 0 };
  const edges = ENDS * LIVE_VERTICES;
  const also = [RECENT_SCANS, ACCOUNTS, RESOURCES, ...NETWORK].flatMap((price) =>
    tollsOf(price({ ...input, parents: edges })),
  );
  return { side: 'CLOUD', requests: edges, also };
};

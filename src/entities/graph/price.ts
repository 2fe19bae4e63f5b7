import type { PriceInput, PriceOf } from '#graphql/pricing/price.ts';
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

/** Where a walk begins: `roots` of graph, `id` of impact, the ends of paths. */
const rootsOf = ({ roots, id, from }: PriceInput['args']): readonly string[] =>
  [roots, id, from].flat().filter((vertex) => typeof vertex === 'string');

/** Nothing where the index has read every relation, and the roots; else both ends of the few assets that a live walk asks about. */
export const walkPrice: PriceOf = (input) => {
  if (input.pictured && rootsOf(input.args).every(input.holds)) return { side: 'CLOUD', requests: 0 };
  const edges = ENDS * LIVE_VERTICES;
  const also = [RECENT_SCANS, ACCOUNTS, RESOURCES, ...NETWORK].flatMap((price) =>
    tollsOf(price({ ...input, parents: edges })),
  );
  return { side: 'CLOUD', requests: edges, also };
};

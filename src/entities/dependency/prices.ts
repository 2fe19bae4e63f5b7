import { RESOURCE_SUMMARY_FIELDS } from '#entities/resource/ref.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import {
  byId,
  fromWholeSet,
  perParent,
  RECENT_SCANS,
  together,
  unlessNamed,
  wholeList,
  wholeSet,
} from '#graphql/pricing/prices.ts';

/** Networks of a server that are reckoned with: how many there are is not known beforehand. */
const NETWORKS = 10;

/** On versions that tell neighbours by network, one call for each network that the hosts are in. */
const neighbors: PriceOf = ({ parents, sources }) => ({
  side: 'NETWORK',
  requests: Math.min(parents, NETWORKS * sources.NETWORK),
  shared: 'neighbours',
});

const HOST_EDGES = together(wholeList('NETWORK', 'hosts'), neighbors);
const SERVICE_EDGES = together(
  wholeList('NETWORK', 'hosts'),
  wholeSet('NETWORK', 'serviceDependencies'),
  wholeList('NETWORK', 'services'),
);

const ofResource: Record<'dependencies' | 'dependents', PriceOf> = {
  dependencies: together(perParent('CLOUD'), RECENT_SCANS),
  // Dependents of what is named like something in another account are told apart by their accounts.
  dependents: together(perParent('CLOUD'), RECENT_SCANS, fromWholeSet('CLOUD', 'accounts'), byId('CLOUD', 'resources')),
};

/** One call per resource and end, nothing where the index tells; hosts and services are read whole. */
export const edgesPrice =
  (end: 'dependencies' | 'dependents'): PriceOf =>
  (input) => {
    if (input.type === 'Host') return HOST_EDGES(input);
    if (input.type === 'Service') return SERVICE_EDGES(input);
    const price = ofResource[end](input);
    return input.indexed.edges ? { ...price, requests: 0 } : price;
  };

/** The records at the other ends: of resources an edge tells enough for most purposes. */
export const otherEndPrice: PriceOf = together(
  unlessNamed(RESOURCE_SUMMARY_FIELDS, byId('CLOUD', 'resources')),
  byId('NETWORK', 'hosts'),
  byId('NETWORK', 'services'),
);

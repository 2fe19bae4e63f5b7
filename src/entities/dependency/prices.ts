import type { PriceOf } from '#cost/price.ts';
import { byId, fromWholeSet, perParent, together, unlessNamed, wholeList, wholeSet } from '#cost/prices.ts';
import { RESOURCE_SUMMARY_FIELDS } from '#entities/resource/ref.ts';

const RECENT_SCANS = fromWholeSet('SCANORBIT', 'recent scans');
const HOST_EDGES = wholeList('SCANOPY', 'hosts');
const SERVICE_EDGES = together(
  wholeList('SCANOPY', 'hosts'),
  wholeSet('SCANOPY', 'serviceDependencies'),
  wholeList('SCANOPY', 'services'),
);

const ofResource: Record<'dependencies' | 'dependents', PriceOf> = {
  dependencies: together(perParent('SCANORBIT'), RECENT_SCANS),
  // Dependents of what is named like something in another account are told apart by their accounts.
  dependents: together(
    perParent('SCANORBIT'),
    RECENT_SCANS,
    fromWholeSet('SCANORBIT', 'accounts'),
    byId('SCANORBIT', 'resources'),
  ),
};

/** One call per resource and end, nothing where the index tells; hosts and services are read whole. */
export const edgesPrice =
  (end: 'dependencies' | 'dependents'): PriceOf =>
  (input) => {
    if (input.type === 'Host') return HOST_EDGES(input);
    if (input.type === 'Service') return SERVICE_EDGES(input);
    const price = ofResource[end](input);
    return input.indexed.SCANORBIT ? { ...price, requests: 0 } : price;
  };

/** The records at the other ends: of resources an edge tells enough for most purposes. */
export const otherEndPrice: PriceOf = together(
  unlessNamed(RESOURCE_SUMMARY_FIELDS, byId('SCANORBIT', 'resources')),
  byId('SCANOPY', 'hosts'),
  byId('SCANOPY', 'services'),
);

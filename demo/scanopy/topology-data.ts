import type { DemoAnswer } from '../http.ts';
import type { KeyScope } from './answer-list.ts';
import { accessDenied, okReply } from './envelope.ts';
import type { AnyListing, ListingContext } from './listing.ts';
import { BadQueryError, isUuid } from './query.ts';

/** A whole network in one answer; it shows who is cabled to whom, which late interface rows do not. */
export function answerTopologyData(
  listings: readonly AnyListing[],
  context: ListingContext,
  scope: KeyScope,
  query: URLSearchParams,
): DemoAnswer {
  const { wire, catalogue } = context;
  const networkId = query.get(wire.networkKey);
  if (networkId === null || !isUuid(networkId)) throw new BadQueryError(`missing field \`${wire.networkKey}\``);
  if (!scope.has(networkId)) {
    return accessDenied(wire.version, wire.networkEntity, networkId);
  }
  const parts = listings.map((any) =>
    any.use((listing) => {
      const rows = listing.rows(context).filter((row) => [networkId, null].includes(listing.networkId(row)));
      return [partName(listing.path(wire)), rows.map((row) => listing.render(row, context, query))] as const;
    }),
  );
  const neighbours = catalogue.interfaces.flatMap(({ host, item }) =>
    host.networkId === networkId && item.neighbour
      ? [{ id: item.id, interface_id: item.id, neighbor: item.neighbour, neighbor_seen_at: host.lastSeenAt }]
      : [],
  );
  return okReply(wire.version, { ...Object.fromEntries(parts), neighbours, candidates: [] });
}

function partName(path: string | null): string {
  return path === 'if-entries' ? 'interfaces' : (path ?? '').replaceAll('-', '_');
}

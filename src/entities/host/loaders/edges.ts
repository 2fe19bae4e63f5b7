import { withOtherEnds } from '#entities/dependency/loaders.ts';
import type { AssetEdge } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import * as edges from '#inventory/graph/network-edges.ts';
import { refKey } from '#lib/record-ref.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { oncePerSource } from '#loading/once-per-source.ts';
import { reportShortfallOfAnswer } from '#loading/report-problem.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import { everyHost } from './lists.ts';

const NO_NEIGHBORS: edges.Neighbors = new Map();

const neighborsByNetwork = perRequest(() => new Map<string, Promise<edges.Neighbors>>());

/** One call per network and request, on versions that list neighbours separately from interfaces; else none. */
const neighborsOf = (context: RequestContext, host: HostModel): Promise<edges.Neighbors> => {
  const key = refKey({ type: 'Network', source: host.source, id: host.networkId });
  const known =
    neighborsByNetwork(context).get(key) ??
    context.sources.ofSide('NETWORK', host.source).client.neighbors(host.networkId, context.scope);
  neighborsByNetwork(context).set(key, known);
  return known;
};

/** Relations follow from these, so the answer reports rows that are missing. */
const hostsShown = oncePerSource(async (source: NetworkSource, context: RequestContext) => {
  const { rows, ...short } = await everyHost(context, source);
  reportShortfallOfAnswer(context, source.name, short);
  return rows;
});

/** What the hosts of a server say of each other: the only way to what points at something. All hosts, read once per request. */
export const relationsInRows = oncePerSource(async (source: NetworkSource, context: RequestContext) =>
  edges.indexEdges(edges.networkEdges({ hosts: await hostsShown(context, source), serviceDependencies: [] })),
);

const relationsByNetwork = perRequest(() => new Map<string, Promise<edges.NetworkEdgeIndex>>());

/** The same with the links of the host's own network, which stay within it. */
const hostRelations = async (context: RequestContext, host: HostModel): Promise<edges.NetworkEdgeIndex> => {
  const source = context.sources.ofSide('NETWORK', host.source);
  const neighbors = await neighborsOf(context, host);
  if (neighbors.size === 0) return relationsInRows(context, source);
  const key = refKey({ type: 'Network', source: host.source, id: host.networkId });
  const read = async () => {
    const hosts = (await hostsShown(context, source)).map((row) => edges.withNeighbors(row, neighbors));
    return edges.indexEdges(edges.networkEdges({ hosts, serviceDependencies: [] }));
  };
  const known = relationsByNetwork(context).get(key) ?? read();
  relationsByNetwork(context).set(key, known);
  return known;
};

/** What runs the host, and what it is cabled to. A host whose links name no foreign port costs no list of hosts. */
export const hostDependencies = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> => {
  const isCabled = host.interfaces.length > 0;
  const linked = edges.withNeighbors(host, isCabled ? await neighborsOf(context, host) : NO_NEIGHBORS);
  const needsOwners = linked.interfaces.some(({ neighbor }) => neighbor?.kind === 'INTERFACE');
  const found = needsOwners
    ? await hostRelations(context, host)
    : edges.indexEdges(edges.hostEdges(linked, () => null));
  return withOtherEnds(found.from(host), context);
};

/** What runs on the host, and what says that it is cabled to it. */
export const hostDependents = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> =>
  withOtherEnds((await hostRelations(context, host)).to(host), context);

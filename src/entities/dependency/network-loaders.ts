import { everyHost, hostById } from '#entities/host/loaders.ts';
import type { HostModel } from '#entities/host/model.ts';
import { serviceById, serviceOfBinding } from '#entities/service/loaders.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { serviceDependencies } from '#entities/service-dependency/loaders.ts';
import * as edges from '#inventory/graph/network-edges.ts';
import { refKey } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { networkSource } from '#loading/network-source.ts';
import { oncePerSource } from '#loading/once-per-source.ts';
import { perRequest } from '#loading/per-request.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { AssetRef, DependencyEdgeModel } from './model.ts';
import type { AssetEdge, AssetModel } from './ref.ts';

const NO_NEIGHBORS: edges.Neighbors = new Map();

const neighborsByNetwork = perRequest(() => new Map<string, Promise<edges.Neighbors>>());

/** One call per network and request, on versions that tell neighbours apart from their interfaces; else none. */
const neighborsOf = (context: RequestContext, host: HostModel): Promise<edges.Neighbors> => {
  const key = refKey({ type: 'Network', source: host.source, id: host.networkId });
  const known =
    neighborsByNetwork(context).get(key) ??
    networkSource(context, host.source).client.neighbors(host.networkId, context.scope);
  neighborsByNetwork(context).set(key, known);
  return known;
};

/** What the hosts of a server say of each other: the only way to what points at something. All hosts, read once per request. */
const relationsInRows = oncePerSource(async (source: NetworkSource, context: RequestContext) =>
  edges.indexEdges(edges.networkEdges({ hosts: await everyHost(context, source), serviceDependencies: [] })),
);

const relationsByNetwork = perRequest(() => new Map<string, Promise<edges.NetworkEdgeIndex>>());

/** The same with the links of the host's own network, which stay within it. */
const hostRelations = async (context: RequestContext, host: HostModel): Promise<edges.NetworkEdgeIndex> => {
  const source = networkSource(context, host.source);
  const neighbors = await neighborsOf(context, host);
  if (neighbors.size === 0) return relationsInRows(context, source);
  const key = refKey({ type: 'Network', source: host.source, id: host.networkId });
  const read = async () => {
    const hosts = (await everyHost(context, source)).map((row) => edges.withNeighbors(row, neighbors));
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
  return withAssets(found.from(host));
};

/** What runs on the host, and what says that it is cabled to it. */
export const hostDependents = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> =>
  withAssets((await hostRelations(context, host)).to(host));

/** Where the service runs, what runs it, and what declared dependencies say that it needs. */
export const serviceDependenciesOf = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const all = [...edges.serviceEdges(service), ...(await declaredEdges(service, context))];
  return withAssets(edges.indexEdges(all).from(service));
};

/** What declared dependencies say needs the service, and the machines and containers that it runs. */
export const serviceDependentsOf = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const [declared, hosts] = await Promise.all([
    declaredEdges(service, context),
    relationsInRows(context, networkSource(context, service.source)),
  ]);
  return withAssets([...edges.indexEdges(declared).to(service), ...hosts.to(service)]);
};

/** Edges of the declared dependencies that the service is a member of. */
const declaredEdges = async (service: ServiceModel, context: RequestContext): Promise<edges.NetworkEdge[]> => {
  const own = new Set([service.id, ...service.bindings.map(({ id }) => id)]);
  const source = networkSource(context, service.source);
  const declared = (await serviceDependencies.all(context, source)).filter(({ members }) =>
    members.ids.some((id) => own.has(id)),
  );
  const made = declared.map(async (dependency) => {
    const find = dependency.members.by === 'BINDING' ? await serviceOfBinding(context, dependency) : () => null;
    return edges.serviceDependencyEdges(dependency, find);
  });
  return (await Promise.all(made)).flat();
};

const withAssets = (models: readonly DependencyEdgeModel[]): AssetEdge[] =>
  models.map(({ asset, ...edge }) => ({ ...edge, asset: (context) => (asset ? assetBehind(asset, context) : null) }));

const assetBehind = ({ type, source, id }: AssetRef, context: RequestContext): Promise<AssetModel | null> =>
  type === 'Host' ? hostById(context).load({ source, id }) : serviceById(context).load({ source, id });

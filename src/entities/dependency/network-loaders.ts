import { everyHost, hostById } from '#entities/host/loaders.ts';
import type { HostModel } from '#entities/host/model.ts';
import { serviceById, serviceOfBinding } from '#entities/service/loaders.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { serviceDependencies } from '#entities/service-dependency/loaders.ts';
import type { RequestContext } from '#request/context.ts';
import { oncePerSource } from '#request/once-per-source.ts';
import { scanopySource } from '#request/scanopy-source.ts';
import type { ScanopySource } from '#sources/source-set.ts';
import type { AssetRef, DependencyEdgeModel } from './model.ts';
import * as edges from './network-edges.ts';
import type { AssetEdge, AssetModel } from './ref.ts';

/** What the hosts of a server say of each other: the only way to what points at something. All hosts, read once per request. */
const hostRelations = oncePerSource(async (source: ScanopySource, context: RequestContext) =>
  edges.indexEdges(edges.networkEdges({ hosts: await everyHost(context, source), serviceDependencies: [] })),
);

/** What runs the host, and what it is cabled to. Costs nothing for a host whose links name no foreign port. */
export const hostDependencies = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> => {
  const needsOwners = host.interfaces.some(({ neighbor }) => neighbor?.kind === 'INTERFACE');
  const found = needsOwners
    ? await hostRelations(context, scanopySource(context, host.source))
    : edges.indexEdges(edges.hostEdges(host, () => null));
  return withAssets(found.from(host));
};

/** What runs on the host, and what says that it is cabled to it. */
export const hostDependents = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> =>
  withAssets((await hostRelations(context, scanopySource(context, host.source))).to(host));

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
    hostRelations(context, scanopySource(context, service.source)),
  ]);
  return withAssets([...edges.indexEdges(declared).to(service), ...hosts.to(service)]);
};

/** Edges of the declared dependencies that the service is a member of. */
const declaredEdges = async (service: ServiceModel, context: RequestContext): Promise<edges.NetworkEdge[]> => {
  const own = new Set([service.id, ...service.bindings.map(({ id }) => id)]);
  const source = scanopySource(context, service.source);
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

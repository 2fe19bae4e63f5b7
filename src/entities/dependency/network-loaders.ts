import { everyHost, hostById } from '#entities/host/loaders.ts';
import type { HostModel } from '#entities/host/model.ts';
import { serviceById, servicesOfNetwork } from '#entities/service/loaders.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { serviceDependencies } from '#entities/service-dependency/loaders.ts';
import type { RequestContext } from '#request/context.ts';
import { scanopySource } from '#request/scanopy-source.ts';
import type { AssetRef, DependencyEdgeModel } from './model.ts';
import * as edges from './network-edges.ts';
import type { AssetEdge, AssetModel } from './ref.ts';

/** What runs the host, and what it is cabled to. */
export const hostDependencies = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> => {
  const needsOwners = host.interfaces.some(({ neighbor }) => neighbor?.kind === 'INTERFACE');
  const owners = edges.hostFinder(needsOwners ? await everyHost(context, scanopySource(context, host.source)) : [host]);
  return withAssets(edges.edgesFrom(edges.hostEdges(host, owners), host));
};

/** What runs on the host, and what says that it is cabled to it. */
export const hostDependents = async (host: HostModel, context: RequestContext): Promise<readonly AssetEdge[]> => {
  const hosts = await everyHost(context, scanopySource(context, host.source));
  const owners = edges.hostFinder(hosts);
  const all = [
    ...host.services.flatMap(edges.serviceEdges),
    ...hosts.flatMap((other) => edges.hostEdges(other, owners)),
  ];
  return withAssets(edges.edgesTo(all, host));
};

/** Where the service runs, what runs it, and what declared dependencies say that it needs. */
export const serviceDependenciesOf = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const all = [...edges.serviceEdges(service), ...(await declaredEdges(service, context))];
  return withAssets(edges.edgesFrom(all, service));
};

/** What declared dependencies say needs the service, and the machines and containers that it runs. */
export const serviceDependentsOf = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const [declared, hosts] = await Promise.all([
    declaredEdges(service, context),
    everyHost(context, scanopySource(context, service.source)),
  ]);
  const guests = hosts.flatMap((host) => [
    ...host.services.flatMap(edges.serviceEdges),
    ...edges.hostEdges({ ...host, interfaces: [] }, () => null),
  ]);
  return withAssets(edges.edgesTo([...declared, ...guests], service));
};

/** Edges of the declared dependencies that the service is a member of. */
const declaredEdges = async (service: ServiceModel, context: RequestContext): Promise<edges.NetworkEdge[]> => {
  const own = new Set([service.id, ...service.bindings.map(({ id }) => id)]);
  const source = scanopySource(context, service.source);
  const declared = (await serviceDependencies.all(context, source)).filter(({ members }) =>
    members.ids.some((id) => own.has(id)),
  );
  const made = declared.map(async (dependency) => {
    const byBinding = dependency.members.by === 'BINDING';
    const services = byBinding ? await servicesOfNetwork(context, dependency) : [];
    return edges.serviceDependencyEdges(dependency, edges.serviceFinder([service, ...services]));
  });
  return (await Promise.all(made)).flat();
};

const withAssets = (models: readonly DependencyEdgeModel[]): AssetEdge[] =>
  models.map(({ asset, ...edge }) => ({ ...edge, asset: (context) => (asset ? assetBehind(asset, context) : null) }));

const assetBehind = ({ type, source, id }: AssetRef, context: RequestContext): Promise<AssetModel | null> =>
  type === 'Host' ? hostById(context).load({ source, id }) : serviceById(context).load({ source, id });

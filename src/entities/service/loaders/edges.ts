import { withOtherEnds } from '#entities/dependency/loaders.ts';
import type { AssetEdge } from '#entities/dependency/model.ts';
import { relationsInRows } from '#entities/host/loaders/edges.ts';
import { serviceDependencies } from '#entities/service-dependency/loaders.ts';
import * as edges from '#inventory/graph/network-edges.ts';
import type { RequestContext } from '#loading/context.ts';
import type { ServiceModel } from '../model.ts';
import { serviceOfBinding } from './lists.ts';

/** Where the service runs, what runs it, and what declared dependencies say that it needs. */
export const dependenciesOfService = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const all = [...edges.serviceEdges(service), ...(await declaredEdges(service, context))];
  return withOtherEnds(edges.indexEdges(all).from(service), context);
};

/** What declared dependencies say needs the service, and the machines and containers that it runs. */
export const dependentsOfService = async (
  service: ServiceModel,
  context: RequestContext,
): Promise<readonly AssetEdge[]> => {
  const [declared, hosts] = await Promise.all([
    declaredEdges(service, context),
    relationsInRows(context, context.sources.ofSide('NETWORK', service.source)),
  ]);
  return withOtherEnds([...edges.indexEdges(declared).to(service), ...hosts.to(service)], context);
};

/** Edges of the declared dependencies that the service is a member of. */
const declaredEdges = async (service: ServiceModel, context: RequestContext): Promise<edges.NetworkEdge[]> => {
  const own = new Set([service.id, ...service.bindings.map(({ id }) => id)]);
  const source = context.sources.ofSide('NETWORK', service.source);
  const declared = (await serviceDependencies.all(context, source)).filter(({ members }) =>
    members.ids.some((id) => own.has(id)),
  );
  const made = declared.map(async (dependency) => {
    const find = dependency.members.by === 'BINDING' ? await serviceOfBinding(context, dependency) : () => null;
    return edges.serviceDependencyEdges(dependency, find);
  });
  return (await Promise.all(made)).flat();
};

import { serviceById, serviceOfBinding } from '#entities/service/loaders/lists.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordSet } from '#loading/record-set.ts';
import type { ServiceDependencyModel } from './model.ts';

/** Declared relations between services. */
export const serviceDependencies = recordSet(
  'NETWORK',
  'serviceDependencyById',
  ({ client }) => client.serviceDependencies,
);

/** Its services in their order; those that are gone are left out. Members named by binding cost the network's service list. */
export const membersOf = async (
  dependency: ServiceDependencyModel,
  context: RequestContext,
): Promise<ServiceModel[]> => {
  const { source, members } = dependency;
  const ids = members.by === 'SERVICE' ? members.ids : await idsBehind(dependency, context);
  const services = await Promise.all(ids.map((id) => serviceById(context).load({ source, id })));
  return services.filter((service) => service !== null);
};

const idsBehind = async (dependency: ServiceDependencyModel, context: RequestContext): Promise<string[]> => {
  const find = await serviceOfBinding(context, dependency);
  return dependency.members.ids.map(find).filter((id) => id !== null);
};

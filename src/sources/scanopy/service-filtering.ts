import type { ServiceModel } from '#entities/service/model.ts';
import { containsText } from '#lib/contains-text.ts';
import type { ServiceQuery } from '../network-client.ts';
import type { Dialect } from './dialect.ts';
import type { Filtering, Pushdown } from './filtered-list.ts';

/** Intentionally not pushed down: `search`. What late servers search in is not documented for services. */
const pushdown = (query: ServiceQuery, { adapter, lateParameters }: Dialect): Pushdown => {
  const parameters: [string, string][] = [];
  if (query.networkId) parameters.push([adapter.networkFilter, query.networkId]);
  if (query.hostId) parameters.push(['host_id', query.hostId]);
  if (query.tagId) parameters.push(['tag_ids', query.tagId]);
  if (lateParameters)
    for (const definition of query.definitions ?? []) parameters.push(['service_definitions', definition]);
  return { parameters, complete: (lateParameters || !query.definitions) && !query.search };
};

const matches = ({ networkId, hostId, tagId, definitions, search }: ServiceQuery) => {
  const contains = containsText(search ?? '');
  return (service: ServiceModel): boolean =>
    (!networkId || service.networkId === networkId) &&
    (!hostId || service.hostId === hostId) &&
    (!tagId || service.tagIds.includes(tagId)) &&
    (!definitions || definitions.includes(service.definition)) &&
    (!search || contains(service.name) || contains(service.definition));
};

export const serviceFiltering: Filtering<ServiceModel, ServiceQuery> = {
  pushdown,
  dependsOnVersion: (query) => query.definitions !== undefined,
  matches,
  order: () => null,
};

import type { NetworkModel } from '#entities/network/model.ts';
import type { PriceInput } from '#graphql/pricing/price.ts';
import { type FindId, serviceFinder } from '#inventory/graph/network-edges.ts';
import { decodeGlobalId, refKey } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { recordsByIds } from '#loading/record-loader.ts';
import { type FieldLocation, reportShortfallOfAnswer } from '#loading/report-problem.ts';
import { SeenRecords } from '#loading/seen-records.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import { type ServiceQuery, serviceRules } from '#sources/network-queries.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { ServiceModel } from '../model.ts';

/** Services that lists of the request have brought, of hosts too: they need not be asked for by id any more. */
export const servicesSeen = perRequest(() => new SeenRecords<ServiceModel>());

/** A service by id, at most 100 a call; null when it is unknown or hidden from the key. */
export const serviceById = recordsByIds<'NETWORK', ServiceModel>(
  'NETWORK',
  'serviceById',
  (client, ids, scope) => client.servicesByIds(ids, scope),
  servicesSeen,
);

/** Reads the service list of a source, at most once per request and page. */
export const servicePages = listReader<'NETWORK', ServiceQuery, ServiceModel>({
  side: 'NETWORK',
  rules: serviceRules,
  support: ({ kind }) => kind.supports.services,
  list: (client, query, scope) => client.serviceList(query, scope),
  size: (client) => client.sizes().services,
  isOneOfMany: ({ networkId }) => networkId !== undefined,
  onRows: (context, rows) => servicesSeen(context).add(() => rows),
});

export interface ServiceFilterModel {
  readonly source?: string | null | undefined;
  readonly network?: string | null | undefined;
  readonly host?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly definition?: readonly string[] | null | undefined;
  readonly search?: string | null | undefined;
}

/**
 * Where the wanted services are, and what to ask there.
 * @param within when given, only its services
 * @throws InputError for an id of another type
 */
export const wantedServices = (
  context: RequestContext,
  filter: ServiceFilterModel | null | undefined,
  within: NetworkModel | null = null,
): { readonly sources: readonly NetworkSource[]; readonly query: ServiceQuery } => {
  const network = filter?.network ? decodeGlobalId(filter.network, 'Network') : null;
  const host = filter?.host ? decodeGlobalId(filter.host, 'Host') : null;
  const tag = filter?.tag ? decodeGlobalId(filter.tag, 'NetworkTag') : null;
  const sources = narrowSources(context, context.sources.network, filter?.source, [network, host, tag, within]);
  const networkId = within?.id ?? network?.id;
  const query: ServiceQuery = {
    ...(networkId !== undefined && { networkId }),
    ...(host && { hostId: host.id }),
    ...(tag && { tagId: tag.id }),
    ...(filter?.definition && { definitions: filter.definition }),
    ...(filter?.search && { search: filter.search }),
  };
  const isElsewhere = network !== null && network.id !== networkId;
  return { sources: isElsewhere ? [] : sources, query };
};

/** @param within when given, only its services. @throws InputError for an id of another type */
export const serviceList = (
  context: RequestContext,
  place: FieldLocation,
  filter: ServiceFilterModel | null | undefined,
  within: NetworkModel | null = null,
): SlicedList<ServiceModel> => {
  const { sources, query } = wantedServices(context, filter, within);
  return listOfSources(context, place, servicePages(context), sources, () => query);
};

const findersByNetwork = perRequest(() => new Map<string, Promise<FindId>>());

/** Which service has a binding: known only from all services of the network, which are read once per request. */
export const serviceOfBinding = (
  context: RequestContext,
  { source, networkId }: { readonly source: string; readonly networkId: string },
): Promise<FindId> => {
  const made = findersByNetwork(context);
  const key = refKey({ type: 'Network', source, id: networkId });
  const read = async () => {
    const { rows, ...short } = await servicePages(context).whole(source, { networkId });
    reportShortfallOfAnswer(context, source, short);
    return serviceFinder(rows.filter(serviceRules.matches({ networkId })));
  };
  const known = made.get(key) ?? read();
  made.set(key, known);
  return known;
};

/** See `Apart`. */
export const serviceFanOut = (
  { filter }: { readonly filter?: ServiceFilterModel | null },
  { paging }: PriceInput,
): number | null =>
  paging.NETWORK.apart('services', {
    ...(filter?.definition && { definitions: filter.definition }),
    ...(typeof filter?.search === 'string' && { search: filter.search }),
  });

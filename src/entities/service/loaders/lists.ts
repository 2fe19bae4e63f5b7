import type { NetworkModel } from '#entities/network/model.ts';
import { type FindId, serviceFinder } from '#inventory/graph/network-edges.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { refKey } from '#lib/record-ref.ts';
import type { ListPage, SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { networkByIds } from '#loading/network-by-ids.ts';
import { everyRow, networkList } from '#loading/network-list.ts';
import { perRequest } from '#loading/per-request.ts';
import type { FieldPlace } from '#loading/report-problem.ts';
import { reportShortfallOfAnswer } from '#loading/report-shortfall.ts';
import type { ServiceQuery } from '#sources/network-client.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { ServiceModel } from '../model.ts';

/** A service by id, at most 100 a call; null when it is unknown or hidden from the key. */
export const serviceById = networkByIds<ServiceModel>('serviceById', (client, ids, scope) =>
  client.servicesByIds(ids, scope),
);

export interface ServiceFilterModel {
  readonly source?: string | null | undefined;
  readonly network?: string | null | undefined;
  readonly host?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly definition?: readonly string[] | null | undefined;
  readonly search?: string | null | undefined;
}

/** @param within when given, only its services. @throws InputError for an id of another type */
export const serviceList = (
  context: RequestContext,
  place: FieldPlace,
  filter: ServiceFilterModel | null | undefined,
  within: NetworkModel | null = null,
): SlicedList<ServiceModel> => {
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
  return networkList(context, place, isElsewhere ? [] : sources, (source, page) =>
    servicePage(context, source, query, page),
  );
};

/** Services that a list brings need not be asked for by id any more. */
const servicePage = async (
  context: RequestContext,
  source: NetworkSource,
  query: ServiceQuery,
  page: number,
): Promise<ListPage<ServiceModel>> => {
  const answer = await source.client.servicePage(query, page, context.scope);
  for (const service of answer.rows) {
    if (service) serviceById(context).prime({ source: service.source, id: service.id }, service);
  }
  return answer;
};

const findersByNetwork = perRequest(() => new Map<string, Promise<FindId>>());

/** Which service has a binding: known only from all services of the network, which are read once per request. */
export const serviceOfBinding = (
  context: RequestContext,
  { source, networkId }: { readonly source: string; readonly networkId: string },
): Promise<FindId> => {
  const made = findersByNetwork(context);
  const key = refKey({ type: 'Network', source, id: networkId });
  const from = context.sources.ofSide('NETWORK', source);
  const read = async () => {
    const { rows, ...short } = await everyRow((page) => servicePage(context, from, { networkId }, page));
    reportShortfallOfAnswer(context, source, short);
    return serviceFinder(rows);
  };
  const known = made.get(key) ?? read();
  made.set(key, known);
  return known;
};

/** See `Apart`; for the version that can be asked least. */
export const servicesApart = ({ filter }: { readonly filter?: unknown }): number | null =>
  typeof filter === 'object' && filter !== null && ('search' in filter || 'definition' in filter) ? 0 : null;

import { isLinkedIn } from '#entities/correlation/loaders.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import { servicesSeen } from '#entities/service/loaders/lists.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import { deferredList, type SlicedList } from '#lib/sliced-list.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { recordsByIds } from '#loading/record-loader.ts';
import { type FieldLocation, unshown } from '#loading/report-problem.ts';
import { SeenRecords } from '#loading/seen-records.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import { type HostQuery, hostRules } from '#sources/network-queries.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { HostModel } from '../model.ts';
import { type HostFilterModel, rowConditions } from './filter.ts';

/** Hosts that lists of the request have brought: they need not be asked for by id any more. */
const hostsSeen = perRequest(() => new SeenRecords<HostModel>());

/** A host by id, at most 100 a call; null when it is unknown or hidden from the key. */
export const hostById = recordsByIds<'NETWORK', HostModel>(
  'NETWORK',
  'hostById',
  (client, ids, scope) => client.hostsByIds(ids, scope),
  hostsSeen,
);

/** Reads the host list of a source, at most once per request and page. */
export const hostPages = listReader<'NETWORK', HostQuery, HostModel>({
  side: 'NETWORK',
  rules: hostRules,
  support: ({ kind }) => kind.supports.hosts,
  list: (client, query, scope) => client.hostList(query, scope),
  size: (client) => client.sizes().hosts,
  isOneOfMany: ({ networkId, orderBy }) => networkId !== undefined && orderBy === undefined,
  onRows: (context, rows) => {
    hostsSeen(context).add(() => rows);
    servicesSeen(context).add(() => rows.flatMap((host) => host?.services ?? []));
  },
});

export interface HostListOptions {
  readonly filter?: HostFilterModel | null | undefined;
  readonly orderBy?: HostQuery['orderBy'] | null | undefined;
  /** Only what belongs to this record. */
  readonly within?: { readonly network: NetworkModel } | { readonly subnet: SubnetModel };
}

/** Where the wanted hosts are, and what to ask there. */
interface WantedHosts {
  readonly sources: readonly NetworkSource[];
  readonly query: HostQuery;
  /** False where links that the query depends on may be missing; errors beside the data say so. */
  readonly isCertain: boolean;
}

/** @throws InputError for an id of another type, or a text that is no address */
export const wantedHosts = async (
  context: RequestContext,
  place: FieldLocation,
  { filter, orderBy, within }: HostListOptions,
): Promise<WantedHosts> => {
  const network = filter?.network ? decodeGlobalId(filter.network, 'Network') : null;
  const tag = filter?.tag ? decodeGlobalId(filter.tag, 'NetworkTag') : null;
  const subnet = filter?.subnet ? decodeGlobalId(filter.subnet, 'Subnet') : null;
  const owner = ownerOf(within);
  const sources = narrowSources(context, context.sources.network, filter?.source, [network, tag, subnet, owner]);
  const networkId = owner?.networkId ?? network?.id;
  const subnetId = owner?.subnetId ?? subnet?.id;
  const links = typeof filter?.linked === 'boolean' ? await isLinkedIn(context, place, filter.linked) : null;
  const query: HostQuery = {
    ...(networkId !== undefined && { networkId }),
    ...(tag && { tagId: tag.id }),
    ...(subnetId !== undefined && { subnetId }),
    ...rowConditions(filter),
    ...(links && { where: links.holds }),
    ...(orderBy && { orderBy: { field: orderBy.field, direction: orderBy.direction } }),
  };
  const isElsewhere = (network !== null && network.id !== networkId) || (subnet !== null && subnet.id !== subnetId);
  return { sources: isElsewhere ? [] : sources, query, isCertain: links?.isCertain ?? true };
};

/** @throws InputError for an id of another type, or a text that is no address */
export const hostList = (
  context: RequestContext,
  place: FieldLocation,
  options: HostListOptions,
): SlicedList<HostModel> =>
  deferredList(async () => {
    const { sources, query } = await wantedHosts(context, place, options);
    return listOfSources(context, place, hostPages(context), sources, () => query);
  });

const ownerOf = (within: HostListOptions['within']) => {
  if (!within) return null;
  if ('network' in within) {
    const { source, id } = within.network;
    return { type: 'Network', source, id, networkId: id, subnetId: null };
  }
  const { source, id, networkId } = within.subnet;
  return { type: 'Subnet', source, id, networkId, subnetId: id };
};

/** All hosts of a server: what points at something is known only by looking at everything that may. */
export const everyHost = (context: RequestContext, { name }: NetworkSource) => hostPages(context).whole(name, {});

/** Host names are compared as DNS does: without regard to case, and to a dot at the end. */
const canonicalName = (hostname: string): string => hostname.trim().toLowerCase().replace(/\.$/, '');

/**
 * A host by its host name, only where one host of all sources carries it: every site may have its own `localhost`. Nothing upstream
 * looks hosts up by name, so all hosts are read, in pages that others share; while a source cannot be read, or lacks rows, no name is unique.
 */
export const hostByHostname = naturalKeyLoader({
  name: 'hostname',
  sources: (context) => context.sources.network,
  find: async (context, source, keys) => {
    const { rows, missing } = await everyHost(context, source);
    if (missing > 0) throw unshown(source.name, missing);
    const named = Map.groupBy(rows, ({ hostname }) => canonicalName(hostname ?? ''));
    return new Map(keys.map((key): [string, readonly HostModel[]] => [key, hostsNamed(named, canonicalName(key))]));
  },
  provesItself: () => false,
});

const hostsNamed = (named: ReadonlyMap<string, readonly HostModel[]>, name: string): readonly HostModel[] =>
  name === '' ? [] : (named.get(name) ?? []);

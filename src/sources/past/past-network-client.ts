import type { HostModel } from '#entities/host/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { servicesIn } from '#inventory/snapshot/derived.ts';
import type { NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { byValue, type Compare, compareText, inTurn } from '#lib/compare.ts';
import type { SetReader } from '../list-support.ts';
import type { NetworkClient, NetworkSupport } from '../network-client.ts';
import { type HostQuery, hostRules, type ServiceQuery, serviceRules } from '../network-queries.ts';
import type { NetworkSource } from '../source-set.ts';
import { notKept } from './not-kept.ts';
import { askedNobody, pastList, selectionOf } from './past-list.ts';

export const pastNetworkSupport = ({ hosts, services }: NetworkSupport): NetworkSupport => ({
  hosts: askedNobody(hosts),
  services: askedNobody(services),
});

/** See `pastCloudClient`. */
export const pastNetworkClient = (snapshot: NetworkSnapshot, { client: now, kind }: NetworkSource): NetworkClient => {
  const { source, missing } = snapshot;
  const { pageSize } = kind.limits;
  const hosts = selectionOf<HostQuery, HostModel>({
    rows: () => [...snapshot.hosts.values()],
    missing: missing.hosts,
    matches: hostRules.matches,
    compare: hostOrder,
  });
  const services = selectionOf<ServiceQuery, ServiceModel>({
    rows: () => byAge([...servicesIn(snapshot.hosts).values()]),
    missing: missing.hosts,
    ...serviceRules,
  });
  const fail = async (what: string): Promise<never> => {
    throw notKept(source, what);
  };
  const set =
    <T>(rows: readonly T[]): SetReader<T> =>
    async (_, onShortfall) => {
      if (missing.others > 0) onShortfall?.({ invalid: 0, missing: missing.others });
      return rows;
    };
  return {
    source,
    hostList: (query) => pastList(hosts(query), pageSize),
    hostsByIds: async (ids) => ids.flatMap((id) => snapshot.hosts.get(id) ?? []),
    serviceList: (query) => pastList(services(query), pageSize),
    servicesByIds: async (ids) => ids.flatMap((id) => servicesIn(snapshot.hosts).get(id) ?? []),
    networks: set(snapshot.networks),
    tags: set(snapshot.tags),
    subnets: set(snapshot.subnets),
    serviceDependencies: set(snapshot.serviceDependencies),
    daemons: set(snapshot.daemons),
    vlans: set(snapshot.vlans),
    // They are on the rows of a reading.
    neighbors: async () => new Map(),
    discoveryPage: async (page) => ({
      rows: snapshot.discoveries.slice(page * pageSize, (page + 1) * pageSize),
      total: snapshot.discoveries.length,
    }),
    discoveryById: async (id) =>
      snapshot.discoveries.find((discovery) => discovery.id === id) ?? fail('Of discoveries, all but the newest are'),
    activeDiscoveries: () => fail('Which discoveries were under way is'),
    sessionStream: () => fail('How discoveries moved is'),
    version: async () => now.lastVersion() ?? fail('The version of the server is'),
    sizes: () => ({ hosts: snapshot.hosts.size, services: servicesIn(snapshot.hosts).size }),
    lastVersion: () => now.lastVersion(),
    revision: () => 0,
    status: () => now.status(),
    close: async () => {},
  };
};

const TIMES = { CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' } as const;

type Dated = Readonly<Record<'id' | 'createdAt' | 'updatedAt', string>>;

const byTime = (field: 'createdAt' | 'updatedAt', direction: 'ASC' | 'DESC'): Compare<Dated> =>
  inTurn(
    byValue((row) => Date.parse(row[field]), direction),
    byValue(({ id }) => id, 'ASC'),
  );

/** Servers order by time alone. */
const hostOrder: typeof hostRules.compare = (query) => {
  const { field, direction } = query.orderBy ?? {};
  if (direction && (field === 'CREATED_AT' || field === 'UPDATED_AT')) return byTime(TIMES[field], direction);
  return hostRules.compare(query);
};

/** As servers list services. Times are read once: there may be many. */
const byAge = (services: readonly ServiceModel[]): readonly ServiceModel[] =>
  services
    .map((service) => ({ service, time: Date.parse(service.createdAt) }))
    .toSorted((a, b) => a.time - b.time || compareText(a.service.id, b.service.id))
    .map(({ service }) => service);

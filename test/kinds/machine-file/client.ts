import type { HostModel } from '#entities/host/model.ts';
import type { HostQuery, NetworkClient } from '#sources/network-client.ts';
import type { TransportStatus } from '#sources/transport/transport.ts';
import { readMachines } from './read-machines.ts';

const PAGE_SIZE = 200;
const nothing = async () => [];
const noPage = async () => ({ rows: [], total: 0 });

const STATUS: TransportStatus = {
  health: 'OK',
  lastError: null,
  budget: { limit: 1, windowSeconds: 1, remaining: 1, queued: 0, resetAt: null },
  rateLimitedByUpstream: 0,
};

/** A static file, read anew for each question: it has one network and its machines, and nothing else. */
export const machineFileClient = (source: string, url: string): NetworkClient => {
  const read = () => readMachines(source, url);
  const matching = async (query: HostQuery): Promise<HostModel[]> =>
    (await read()).hosts.filter(
      ({ networkId, name, hidden }) =>
        (query.networkId === undefined || query.networkId === networkId) &&
        (query.hidden === undefined || query.hidden === hidden) &&
        (query.search === undefined || name.toLowerCase().includes(query.search.toLowerCase())),
    );
  const window = async (offset: number, limit: number, query: HostQuery = {}) => {
    const rows = await matching(query);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  };
  return {
    source,
    hostPage: (query, page) => window(page * PAGE_SIZE, PAGE_SIZE, query),
    everyHost: () => ({
      pageSize: PAGE_SIZE,
      read: ({ offset, limit }) => window(offset, limit),
      windows: (from, to) => [{ offset: from, limit: to - from }],
      tieOf: ({ id }) => id,
      ways: [],
    }),
    hostsByIds: async (ids) => (await read()).hosts.filter(({ id }) => ids.includes(id)),
    servicePage: noPage,
    servicesByIds: nothing,
    networks: async () => [(await read()).network],
    tags: nothing,
    subnets: nothing,
    serviceDependencies: nothing,
    daemons: nothing,
    vlans: nothing,
    neighbors: async () => new Map(),
    discoveryPage: noPage,
    discoveryById: async () => null,
    activeDiscoveries: nothing,
    sessionStream: async () => (async function* () {})(),
    version: async () => ({ serverVersion: 'file', generation: 'G1', known: true }),
    sizes: () => ({}),
    lastVersion: () => null,
    status: () => STATUS,
    close: async () => {},
  };
};

import type { Window } from '#lib/lists/list-calls.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import type { TransportStatus } from '#sources/transport/transport.ts';
import { readMachines } from './read-machines.ts';

const PAGE_SIZE = 200;
const nothing = async () => [];
const noPage = async () => ({ rows: [], total: 0 });

const LIST: Omit<UpstreamList<{ readonly id: string }>, 'read' | 'peek' | 'ways'> = {
  pageSize: PAGE_SIZE,
  windows: (from, to) => [{ offset: from, limit: to - from }],
  tieOf: ({ id }) => id,
};

const STATUS: TransportStatus = {
  health: 'OK',
  lastError: null,
  budget: { limit: 1, windowSeconds: 1, remaining: 1, queued: 0, resetAt: null },
  rateLimitedByUpstream: 0,
};

/** A static file, read anew for each question: it has one network and its machines, and nothing else. */
export const machineFileClient = (source: string, url: string): NetworkClient => {
  const read = () => readMachines(source, url);
  const hosts = async ({ offset, limit }: Window) => {
    const rows = (await read()).hosts;
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  };
  return {
    source,
    hostList: () => ({ ...LIST, read: hosts, ways: [] }),
    hostsByIds: async (ids) => (await read()).hosts.filter(({ id }) => ids.includes(id)),
    serviceList: () => ({ ...LIST, read: noPage, ways: [] }),
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
    revision: () => null,
    status: () => STATUS,
    close: async () => {},
  };
};

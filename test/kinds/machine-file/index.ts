import type { BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import { emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import type { ListSupport } from '#sources/list-support.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import { defineSourceKind } from '#sources/source-kind.ts';
import { machineFileClient } from './client.ts';
import { readMachines } from './read-machines.ts';

const snapshotOf =
  (url: string) =>
  (client: NetworkClient): BuildSnapshot<NetworkSnapshot> =>
  async ({ clock }) => {
    const { network, hosts } = await readMachines(client.source, url);
    return {
      ...emptyNetworkSnapshot(client.source, new Date(clock.now()).toISOString()),
      networks: [network],
      hosts: new Map(hosts.map((host) => [host.id, host])),
    };
  };

/** A file is read whole: the gateway filters and orders. */
const ANSWERS_ALL_OR_NOTHING: ListSupport<NetworkClient, object> = {
  pushdown: (query) => ({ query: {}, parts: [], complete: Object.keys(query).length === 0 }),
  dependsOnSource: () => false,
  isAble: async () => true,
  assumesAble: true,
};

/** A third kind of source: a JSON file of machines, whose path is the path of the configured URL. */
export const machineFile = (path: string) => {
  const url = `http://localhost${path}`;
  return defineSourceKind({
    name: 'machine-file',
    label: 'Machine file',
    description: 'A static file of machines.',
    side: 'NETWORK',
    costLimit: 10,
    limits: { rate: { kind: 'tokenBucket', perSecond: 1_000, burst: 1_000 }, pageSize: 200, batchSize: 200 },
    open: ({ options }) => machineFileClient(options.name, options.url),
    supports: { hosts: ANSWERS_ALL_OR_NOTHING, services: ANSWERS_ALL_OR_NOTHING },
    probe: async (client, scope) => ({
      serverVersion: null,
      visible: `${(await client.networks(scope)).length} network`,
      warnings: [],
    }),
    snapshot: snapshotOf(url),
    serverVersion: () => 'file',
  });
};

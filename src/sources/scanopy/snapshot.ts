import { HOST_FACTS } from '#entities/host/model.ts';
import { withNeighbors } from '#inventory/graph/network-edges.ts';
import { type BuildSnapshot, indexScopes } from '#inventory/snapshot/build-snapshot.ts';
import { changesInTurns } from '#inventory/snapshot/changes.ts';
import { readWholeList } from '#inventory/snapshot/read-whole-list.ts';
import type { NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import type { ShortfallListener } from '../list-support.ts';
import type { Neighbors, NetworkClient } from '../network-client.ts';

/** Reads a Scanopy server: its small sets, then hosts (which embed their children) by whole pages. */
export const buildNetworkSnapshot =
  (client: NetworkClient): BuildSnapshot<NetworkSnapshot> =>
  async ({ former, progress, signal, clock }) => {
    // A snapshot says when it was read, so nothing older may get into it.
    const scope = indexScopes(client.source, { signal, clock }, true);
    const readAt = new Date(clock.now()).toISOString();
    const missing = { hosts: 0, others: 0 };
    const short: ShortfallListener = (shortfall) => {
      missing.others += shortfall.missing;
    };
    const sets = [
      client.networks(scope(), short),
      client.subnets(scope(), short),
      client.tags(scope(), short),
      client.daemons(scope(), short),
      client.serviceDependencies(scope(), short),
      client.vlans(scope(), short),
      client.discoveryPage(0, scope()),
    ] as const;
    progress.plan(sets.length);
    for (const set of sets) set.then(() => progress.did()).catch(() => undefined);
    const [networks, subnets, tags, daemons, serviceDependencies, vlans, runs] = await Promise.all(sets);
    const list = await readWholeList(progress, () => client.hostList({}, scope()));
    missing.hosts = list.missing;
    const hosts = new Map(list.rows.map((host) => [host.id, host]));
    progress.plan(networks.length);
    await Promise.all(
      networks.map(async ({ id: networkId }) => {
        // A network whose topology cannot be read keeps the links it had; everything else is still read.
        const neighbors = await client.neighbors(networkId, scope()).catch(() => linksIn(former?.hosts, networkId));
        progress.did();
        if (neighbors.size === 0) return;
        for (const [id, host] of hosts) if (host.networkId === networkId) hosts.set(id, withNeighbors(host, neighbors));
      }),
    );
    signal.throwIfAborted();
    return {
      side: 'NETWORK',
      source: client.source,
      readAt,
      networks,
      subnets,
      tags,
      daemons,
      serviceDependencies,
      vlans,
      discoveries: runs.rows.filter((row) => row !== null),
      hosts,
      missing,
      changes: former
        ? await changesInTurns(HOST_FACTS, { ...former, rows: former.hosts }, { readAt, rows: hosts })
        : [],
    };
  };

const linksIn = (hosts: NetworkSnapshot['hosts'] | undefined, networkId: string): Neighbors =>
  new Map(
    [...(hosts?.values() ?? [])]
      .filter((host) => host.networkId === networkId)
      .flatMap(({ interfaces }) =>
        interfaces.flatMap(({ id, neighbor }) => (neighbor ? [[id, neighbor] as const] : [])),
      ),
  );

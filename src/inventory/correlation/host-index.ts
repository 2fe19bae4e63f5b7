import type { NetworkRecords } from './correlation-input.ts';
import { bySourceAndId, type Groups, groupBy } from './group-by.ts';
import { type HostFacts, hostFactsOf } from './host-facts.ts';

/** The hosts of all sources, sorted and indexed by the keys that the rules compare. */
export interface HostIndex {
  readonly hosts: readonly HostFacts[];
  readonly hostById: Groups<HostFacts>;
  readonly hostsByIp: Groups<HostFacts>;
  /** By short and full names. */
  readonly hostsByName: Groups<HostFacts>;
  /** By source and network. */
  readonly hostsByNetwork: Groups<HostFacts>;
}

interface Known {
  readonly readings: readonly NetworkRecords['hosts'][];
  readonly index: HostIndex;
}

const known = new WeakMap<NetworkRecords['hosts'], Known>();

/** Made once for the same readings of network sources: mostly only the cloud side has changed since. */
export const hostIndexOf = (network: readonly NetworkRecords[]): HostIndex => {
  const readings = network.map(({ hosts }) => hosts);
  const [first = []] = readings;
  const last = known.get(first);
  if (last?.readings.length === readings.length && last.readings.every((hosts, i) => hosts === readings[i]))
    return last.index;
  const index = readHosts(network);
  known.set(first, { readings, index });
  return index;
};

const readHosts = (network: readonly NetworkRecords[]): HostIndex => {
  const hosts = network.flatMap(hostFactsOf).sort((a, b) => bySourceAndId(a.host, b.host));
  return {
    hosts,
    hostById: groupBy(hosts, ({ host }) => host.id),
    hostsByIp: groupBy(hosts, ({ ips }) => ips),
    hostsByName: groupBy(hosts, ({ shortNames, fqdns }) => [...new Set([...shortNames, ...fqdns])]),
    hostsByNetwork: groupBy(hosts, ({ host }) => `${host.source} ${host.networkId}`),
  };
};

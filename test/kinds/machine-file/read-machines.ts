import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { HostModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';

const machine = z.strictObject({ id: z.string(), name: z.string(), address: z.string(), seenAt: z.string() });
const file = z.strictObject({ network: z.string(), machines: z.array(machine) });

export interface Machines {
  readonly network: NetworkModel;
  readonly hosts: readonly HostModel[];
}

const UNKNOWN = {
  upstreamDisplayName: null,
  sysName: null,
  description: null,
  manufacturer: null,
  osFamily: null,
  model: null,
} as const;
const NONE = {
  serialNumber: null,
  virtualization: null,
  hidden: false,
  tagIds: [],
  interfaces: [],
  ports: [],
} as const;

/** The file that a `file:`-like URL names, as the models of the graph. */
export const readMachines = async (source: string, url: string): Promise<Machines> => {
  const path = fileURLToPath(url.replace(/^https?:\/\/[^/]+/, 'file://'));
  const { network, machines } = file.parse(JSON.parse(await readFile(path, 'utf8')));
  const networkId = `network of ${source}`;
  const hosts = machines.map(({ id, name, address, seenAt }): HostModel => {
    const times = { lastSeenAt: seenAt, createdAt: seenAt, updatedAt: seenAt };
    const addresses = [{ id: `${id}/0`, subnetId: '', address, macAddress: null, name: null }];
    return {
      ...UNKNOWN,
      ...NONE,
      ...times,
      type: 'Host',
      source,
      id,
      networkId,
      name,
      hostname: name,
      addresses,
      services: [],
    };
  });
  const since = hosts[0]?.createdAt ?? new Date(0).toISOString();
  return {
    network: { type: 'Network', source, id: networkId, name: network, createdAt: since, updatedAt: since, tagIds: [] },
    hosts,
  };
};

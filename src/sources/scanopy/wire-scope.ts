import { z } from 'zod';
import type { DaemonModel } from '#entities/daemon/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import { inG2Words } from './api-version.ts';
import type { RowReader } from './wire-answer.ts';
import {
  filledText,
  idList,
  instant,
  optionalFlag,
  optionalId,
  optionalInstant,
  optionalText,
  rowId,
} from './wire-values.ts';

const networkRow = z.object({ id: rowId, name: z.string(), tags: idList, created_at: instant, updated_at: instant });

export const readNetwork: RowReader<NetworkModel> = (raw, { source }) => {
  const row = networkRow.parse(raw);
  return {
    type: 'Network',
    source,
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    tagIds: row.tags,
  };
};

const tagRow = z.object({ id: rowId, name: z.string(), description: optionalText, color: z.string() });

export const readTag: RowReader<NetworkTagModel> = (raw, { source }) => ({
  type: 'NetworkTag',
  source,
  ...tagRow.parse(raw),
});

const subnetRow = z.object({
  id: rowId,
  network_id: rowId,
  name: z.string(),
  cidr: z.string(),
  description: optionalText,
  subnet_type: z.string(),
  virtualization_service_id: optionalId,
  tags: idList,
  created_at: instant,
  updated_at: instant,
});

export const readSubnet: RowReader<SubnetModel> = (raw, { source, adapter }) => {
  const row = subnetRow.parse(inG2Words(raw, adapter));
  return {
    type: 'Subnet',
    source,
    id: row.id,
    networkId: row.network_id,
    name: row.name,
    cidr: row.cidr,
    description: row.description,
    subnetType: row.subnet_type,
    virtualizationServiceId: row.virtualization_service_id,
    tagIds: row.tags,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
};

const daemonRow = z.object({
  id: rowId,
  network_id: rowId,
  host_id: rowId,
  name: z.string(),
  mode: z.string(),
  version: filledText,
  last_seen: optionalInstant,
  is_unreachable: optionalFlag,
  interfaced_subnet_ids: z.array(z.string()).nullish(),
  capabilities: z.object({ interfaced_subnet_ids: idList }).nullish().catch(null),
});

export const readDaemon: RowReader<DaemonModel> = (raw, { source, adapter }) => {
  const row = daemonRow.parse(inG2Words(raw, adapter));
  return {
    type: 'Daemon',
    source,
    id: row.id,
    networkId: row.network_id,
    hostId: row.host_id,
    name: row.name,
    mode: row.mode,
    version: row.version,
    lastSeenAt: row.last_seen,
    unreachable: row.is_unreachable,
    subnetIds: row.interfaced_subnet_ids ?? row.capabilities?.interfaced_subnet_ids ?? [],
  };
};

const vlanRow = z.object({
  id: rowId,
  network_id: rowId,
  vlan_number: z.number().int(),
  name: z.string(),
  description: optionalText,
  subnet_ids: idList,
});

export const readVlan: RowReader<VlanModel> = (raw, { source, adapter }) => {
  const row = vlanRow.parse(inG2Words(raw, adapter));
  return {
    type: 'Vlan',
    source,
    id: row.id,
    networkId: row.network_id,
    number: row.vlan_number,
    name: row.name,
    description: row.description,
    subnetIds: row.subnet_ids,
  };
};

import { z } from 'zod';
import type { DaemonModel } from '#entities/daemon/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import { instant, optionalInstant, rowId } from '../wire-values.ts';
import { withG2Keys } from './api-version.ts';
import type { RowReader } from './wire-answer.ts';
import { camelCased, filledText, idList, optionalFlag, optionalId, optionalText } from './wire-values.ts';

const networkRow = z.object({ id: rowId, name: z.string(), tags: idList, created_at: instant, updated_at: instant });

export const readNetwork: RowReader<NetworkModel> = (raw, { source }) => {
  const { tags: tagIds, ...row } = camelCased(networkRow.parse(raw));
  return { type: 'Network', source, ...row, tagIds };
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
  const { tags: tagIds, ...row } = camelCased(subnetRow.parse(withG2Keys(raw, adapter)));
  return { type: 'Subnet', source, ...row, tagIds };
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
  const {
    last_seen: lastSeenAt,
    is_unreachable: unreachable,
    capabilities,
    interfaced_subnet_ids,
    ...row
  } = daemonRow.parse(withG2Keys(raw, adapter));
  const subnetIds = interfaced_subnet_ids ?? capabilities?.interfaced_subnet_ids ?? [];
  return { type: 'Daemon', source, ...camelCased(row), lastSeenAt, unreachable, subnetIds };
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
  const { vlanNumber: number, ...row } = camelCased(vlanRow.parse(withG2Keys(raw, adapter)));
  return { type: 'Vlan', source, ...row, number };
};

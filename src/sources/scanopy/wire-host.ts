import { z } from 'zod';
import type { HostAddressModel, HostModel, NetworkInterfaceModel, PortModel } from '#entities/host/model.ts';
import { canonicalMac } from '#lib/addresses.ts';
import { instant, optionalInstant, rowId } from '../wire-values.ts';
import { withG2Keys } from './api-version.ts';
import type { RowReader } from './wire-answer.ts';
import { readService, readVirtualization, virtualizationKeys } from './wire-service.ts';
import { filledText, idList, optionalFlag, optionalId, optionalNumber, optionalText } from './wire-values.ts';

/** `DE:AD:…`, `de-ad-…`, null or absent, by version; a text that is no MAC is unknown. */
const mac = filledText.transform((text) => (text ? canonicalMac(text) : null));

const addressRow = z.object({
  id: rowId,
  subnet_id: rowId,
  ip_address: z.string().min(1),
  mac_address: mac,
  name: filledText,
});

const readAddress: RowReader<HostAddressModel> = (raw) => {
  const row = addressRow.parse(raw);
  return { id: row.id, subnetId: row.subnet_id, address: row.ip_address, macAddress: row.mac_address, name: row.name };
};

const neighbor = z.object({ type: z.string(), id: rowId }).nullish().catch(null);

const interfaceRow = z.object({
  id: rowId,
  if_index: optionalNumber,
  if_name: filledText,
  if_descr: filledText,
  if_alias: filledText,
  if_type: optionalNumber,
  admin_status: optionalText,
  oper_status: optionalText,
  speed_bps: optionalNumber,
  mac_address: mac,
  ip_address_id: optionalId,
  neighbor,
});

export const readNeighborEnd = ({
  type,
  id,
}: {
  readonly type: string;
  readonly id: string;
}): NonNullable<NetworkInterfaceModel['neighbor']> => ({ kind: type === 'Host' ? 'HOST' : 'INTERFACE', id });

const readInterface: RowReader<NetworkInterfaceModel> = (raw, { adapter }) => {
  const row = interfaceRow.parse(withG2Keys(raw, adapter));
  return {
    id: row.id,
    index: row.if_index,
    name: row.if_name,
    description: row.if_descr,
    alias: row.if_alias,
    ifType: row.if_type,
    adminStatus: row.admin_status,
    operStatus: row.oper_status,
    speedBps: row.speed_bps,
    macAddress: row.mac_address,
    addressId: row.ip_address_id,
    neighbor: row.neighbor ? readNeighborEnd(row.neighbor) : null,
  };
};

const portRow = z.object({ id: rowId, number: z.number().int(), protocol: z.string(), type: optionalText });

const readPort: RowReader<PortModel> = (raw) => {
  const row = portRow.parse(raw);
  return { id: row.id, number: row.number, protocol: row.protocol, portType: row.type };
};

const children = z.array(z.unknown()).nullish();

const hostRow = z.object({
  id: rowId,
  network_id: rowId,
  name: z.string(),
  display_name: filledText,
  hostname: filledText,
  sys_name: filledText,
  description: optionalText,
  hidden: optionalFlag,
  manufacturer: filledText,
  model: filledText,
  serial_number: filledText,
  os: z.object({ family: filledText }).nullish().catch(null),
  last_seen_at: optionalInstant,
  created_at: instant,
  updated_at: instant,
  tags: idList,
  ip_addresses: children,
  interfaces: children,
  ports: children,
  services: children,
  ...virtualizationKeys,
});

/** Only what the model names is read: credentials, contacts and provenance never get past here. */
export const readHost: RowReader<HostModel> = (raw, reading) => {
  const row = hostRow.parse(withG2Keys(raw, reading.adapter));
  return {
    type: 'Host',
    source: reading.source,
    id: row.id,
    networkId: row.network_id,
    name: row.name,
    upstreamDisplayName: row.display_name,
    hostname: row.hostname,
    sysName: row.sys_name,
    description: row.description,
    hidden: row.hidden ?? false,
    manufacturer: row.manufacturer,
    model: row.model,
    serialNumber: row.serial_number,
    osFamily: row.os?.family ?? null,
    virtualization: readVirtualization(row),
    lastSeenAt: row.last_seen_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    tagIds: row.tags,
    addresses: reading.children(row.ip_addresses ?? [], readAddress),
    interfaces: reading.children(row.interfaces ?? [], readInterface),
    ports: reading.children(row.ports ?? [], readPort),
    services: reading.children(row.services ?? [], readService),
  };
};

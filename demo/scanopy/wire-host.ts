import type { WorldAddress, WorldHost, WorldInterface, WorldPort } from '../world/network-world.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { hostTitle, storedName } from './host-title.ts';
import { discoveredSource, historyOf, stamps, type WireObject } from './wire-provenance.ts';
import { serviceOnWire } from './wire-service.ts';
import type { WireVersion } from './wire-version.ts';
import { hostVirtualization } from './wire-virtualization.ts';

/** @param withChildren late versions can leave ports, services and interfaces empty; addresses always come. */
export function hostOnWire(wire: WireVersion, host: WorldHost, withChildren = true): WireObject {
  const children = withChildren ? host : { interfaces: [], ports: [], services: [] };
  return {
    ...stamps(host.id, host.createdAt, host.updatedAt),
    [wire.networkKey]: host.networkId,
    name: storedName(wire, host),
    hostname: host.hostname,
    description: host.description,
    hidden: host.hidden,
    source: discoveredSource(wire, host.id, host.createdAt),
    tags: host.tagIds,
    ...identityOf(wire, host),
    ...namingOf(wire, host),
    ...credentialsOf(wire, host),
    ...hostVirtualization(wire, host.virtualization),
    [wire.addressesKey]: host.addresses.map((address, position) => addressOnWire(wire, host, address, position)),
    [wire.interfacesKey]: children.interfaces.map((row) => interfaceOnWire(wire, host, row)),
    ports: children.ports.map((port) => portOnWire(wire, host, port)),
    services: children.services.map((service) => serviceOnWire(wire, host, service)),
  };
}

export function addressOnWire(wire: WireVersion, host: WorldHost, row: WorldAddress, position: number): WireObject {
  return {
    ...childOf(wire, host, row.id),
    subnet_id: row.subnetId,
    ip_address: row.address,
    ...macOf(wire, row.macAddress),
    name: row.name,
    position,
  };
}

/** A row of the SNMP interface table. */
export function interfaceOnWire(wire: WireVersion, host: WorldHost, row: WorldInterface): WireObject {
  return {
    ...childOf(wire, host, row.id),
    if_index: row.index,
    if_name: row.name,
    if_descr: row.description,
    if_alias: row.alias,
    if_type: row.type,
    admin_status: row.adminStatus,
    oper_status: row.operStatus,
    speed_bps: row.speedBps,
    ...macOf(wire, row.macAddress),
    [wire.addressRefKey]: row.addressId,
    ...(wire.has('identityFields') && { fdb_macs: null }),
    ...(wire.has('vlans') && { native_vlan_id: row.vlanIds?.[0] ?? null, vlan_ids: row.vlanIds ?? null }),
    ...neighbourOf(wire, row),
  };
}

export const portOnWire = (wire: WireVersion, host: WorldHost, port: WorldPort): WireObject => ({
  ...childOf(wire, host, port.id),
  number: port.number,
  protocol: port.protocol,
  type: port.type,
});

function childOf(wire: WireVersion, host: WorldHost, id: string): WireObject {
  return {
    ...stamps(id, host.createdAt, host.updatedAt),
    ...historyOf(wire, id, host.createdAt, host.lastSeenAt),
    [wire.networkKey]: host.networkId,
    host_id: host.id,
  };
}

/** Optional strings are left out when unknown, not null. */
function identityOf(wire: WireVersion, host: WorldHost): WireObject {
  if (!wire.has('identityFields')) return {};
  return {
    ...(host.sysName !== null && { sys_name: host.sysName }),
    ...(host.manufacturer !== null && { manufacturer: host.manufacturer }),
    ...(host.model !== null && { model: host.model }),
    ...(host.serialNumber !== null && { serial_number: host.serialNumber }),
    ...(wire.has('operatingSystem') && { os: host.osFamily && { family: host.osFamily } }),
  };
}

function namingOf(wire: WireVersion, host: WorldHost): WireObject {
  if (!wire.has('nameLadder')) return {};
  const title = hostTitle(wire, host);
  const ladder = title === null ? [] : [{ rung: title.rung, source: 'Unspecified', value: title.value }];
  return {
    last_seen_at: host.lastSeenAt,
    name_source: storedName(wire, host) === '' ? 'Unspecified' : 'Manual',
    display_name: title?.value ?? null,
    display_name_rung: title?.rung ?? null,
    name_ladder: ladder,
  };
}

function credentialsOf(wire: WireVersion, host: WorldHost): WireObject {
  if (wire.has('snmpCredential')) return { snmp_credential_id: DEMO_SECRET.credentialId };
  const ids = host.addresses.slice(0, 1).map((address) => address.id);
  return { credential_assignments: [{ credential_id: DEMO_SECRET.credentialId, ip_address_ids: ids }] };
}

function macOf(wire: WireVersion, mac: string | null): WireObject {
  return mac === null && wire.has('omitsUnknownMac') ? {} : { mac_address: mac };
}

/** The other end of the cable as LLDP reports it. Nothing here sends CDP. */
const heardOf = ({ lldp }: WorldInterface): WireObject => ({
  lldp_chassis_id: lldp ? { subtype: 'MacAddress', value: lldp.chassisMac } : null,
  lldp_port_id: lldp ? { subtype: 'InterfaceName', value: lldp.port } : null,
  lldp_sys_name: lldp?.systemName ?? null,
  lldp_port_desc: lldp?.port ?? null,
  lldp_mgmt_addr: lldp?.address ?? null,
  lldp_sys_desc: null,
  cdp_device_id: null,
  cdp_port_id: null,
  cdp_platform: null,
  cdp_address: null,
});

function neighbourOf(wire: WireVersion, row: WorldInterface): WireObject {
  if (wire.has('neighbourCandidates')) return { neighbor_candidates: [], ip_configured: row.addressId !== null };
  const neighbour = row.neighbour ?? null;
  const type = neighbour?.type === 'Interface' ? wire.interfaceEntity : neighbour?.type;
  return { ...heardOf(row), neighbor: neighbour && { type, id: neighbour.id } };
}

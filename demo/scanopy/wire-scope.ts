import type {
  NetworkWorld,
  WorldDaemon,
  WorldNetwork,
  WorldServiceDependency,
  WorldSubnet,
  WorldTag,
  WorldVlan,
} from '../world/network-world.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { discoveredSource, historyOf, stamps, validityOf, type WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';

/** Daemons are upgraded by their owners: one version, whatever the server is. */
const DAEMON_VERSION = '0.14.13';

const EVERYTHING = '0.0.0.0/0';

export function networkOnWire(wire: WireVersion, world: NetworkWorld, network: WorldNetwork): WireObject {
  return {
    ...stamps(network.id, network.createdAt),
    organization_id: world.organizationId,
    name: network.name,
    tags: network.tagIds,
    ...(wire.has('snmpCredential')
      ? { snmp_credential_id: DEMO_SECRET.credentialId }
      : { credential_ids: [DEMO_SECRET.credentialId] }),
    ...(wire.has('staleAfter') && { stale_after_hours: null, effective_stale_after_hours: 672 }),
  };
}

export function subnetOnWire(wire: WireVersion, subnet: WorldSubnet): WireObject {
  const source = subnet.cidr === EVERYTHING ? { type: 'System' } : discoveredSource(wire, subnet.id, subnet.createdAt);
  return {
    ...stamps(subnet.id, subnet.createdAt),
    ...historyOf(wire, subnet.id, subnet.createdAt, subnet.createdAt),
    [wire.networkKey]: subnet.networkId,
    name: subnet.name,
    cidr: subnet.cidr,
    description: subnet.description,
    subnet_type: subnet.type === 'PodmanBridge' && !wire.has('podman') ? 'Unknown' : subnet.type,
    source,
    tags: subnet.tagIds,
    ...(wire.has('virtualizationSplit') && { virtualization_service_id: subnet.virtualizationServiceId }),
  };
}

export function tagOnWire(wire: WireVersion, world: NetworkWorld, tag: WorldTag): WireObject {
  return {
    ...stamps(tag.id, tag.createdAt),
    ...validityOf(wire, tag.id, tag.createdAt),
    organization_id: world.organizationId,
    name: tag.name,
    description: tag.description,
    color: tag.color,
    ...(wire.has('applicationTags') && { is_application: false }),
  };
}

/** Groups name bindings only; dependencies name services or bindings. */
export function dependencyOnWire(wire: WireVersion, row: WorldServiceDependency): WireObject {
  const bindings = row.members.map((member) => member.bindingId);
  const services = row.members.map((member) => member.serviceId);
  const members =
    row.membersNamedBy === 'Bindings'
      ? { type: 'Bindings', binding_ids: bindings }
      : { type: 'Services', service_ids: services };
  return {
    ...stamps(row.id, row.createdAt),
    ...validityOf(wire, row.id, row.createdAt),
    [wire.networkKey]: row.networkId,
    name: row.name,
    description: row.description,
    color: 'Blue',
    edge_style: 'Bezier',
    source: { type: 'Manual' },
    tags: [],
    ...(wire.has('groups') ? { group_type: row.type, binding_ids: bindings } : { dependency_type: row.type, members }),
  };
}

export function daemonOnWire(wire: WireVersion, daemon: WorldDaemon): WireObject {
  return {
    ...stamps(daemon.id, daemon.createdAt),
    [wire.networkKey]: daemon.networkId,
    host_id: daemon.hostId,
    user_id: DEMO_SECRET.userId,
    ...(!wire.has('leavesOutNulls') && { api_key_id: null }),
    name: daemon.name,
    url: daemon.mode === 'daemon_poll' ? '' : 'http://daemon.invalid:60073',
    mode: daemon.mode,
    version: DAEMON_VERSION,
    last_seen: daemon.lastSeenAt,
    is_unreachable: daemon.unreachable,
    standby: false,
    tags: [],
    version_status: {
      status: 'Outdated',
      version: DAEMON_VERSION,
      ...(!wire.has('leavesOutNulls') && { warnings: [] }),
    },
    ...(wire.has('daemonCapabilities')
      ? { capabilities: { has_docker_socket: false, interfaced_subnet_ids: daemon.subnetIds } }
      : { interfaced_subnet_ids: daemon.subnetIds }),
  };
}

export const vlanOnWire = (wire: WireVersion, world: NetworkWorld, vlan: WorldVlan): WireObject => ({
  ...stamps(vlan.id, vlan.createdAt),
  ...historyOf(wire, vlan.id, vlan.createdAt, vlan.createdAt),
  [wire.networkKey]: vlan.networkId,
  organization_id: world.organizationId,
  vlan_number: vlan.number,
  name: vlan.name,
  description: vlan.description,
  source: { type: 'Discovery' },
  subnet_ids: vlan.subnetIds,
});

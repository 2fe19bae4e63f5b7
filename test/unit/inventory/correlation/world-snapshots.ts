import type { CloudWorld } from '#demo/world/cloud-world.ts';
import type { NetworkWorld, WorldHost, WorldService } from '#demo/world/network-world.ts';
import type { World } from '#demo/world/types.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { CloudRecords, NetworkRecords } from '#inventory/correlation/correlation-input.ts';
import { relationOf } from '#inventory/graph/relations.ts';

interface WholeCloud extends CloudRecords {
  readonly resources: readonly ResourceModel[];
}
interface WholeNetwork extends NetworkRecords {
  readonly hosts: readonly HostModel[];
}

/** The demo's neutral records as models, the way the clients would deliver them. */
export const snapshotsOf = (world: World): { cloud: WholeCloud; network: WholeNetwork } => ({
  cloud: cloudSnapshotOf(world.cloud),
  network: networkSnapshotOf(world.network),
});

function cloudSnapshotOf(world: CloudWorld): WholeCloud {
  const source = 'scanorbit';
  const services = new Map(world.resources.map(({ id, service }) => [id, service]));
  return {
    source,
    resources: world.resources.map(({ privateAddress: _hidden, tags, ...row }) => ({
      ...row,
      type: 'Resource',
      source,
      tags: Object.entries(tags ?? {}).map(([key, value]) => ({ key, value })),
      updatedAt: row.lastSeenAt,
    })),
    edges: world.edges.map(({ id, fromId, relationshipType, targetService, targetResourceId }) => ({
      id,
      fromId,
      target: { kind: targetService, identifier: targetResourceId },
      targetRowId: null,
      kind: relationOf({ rawType: relationshipType, fromService: services.get(fromId) ?? '', toService: targetService })
        .kind,
      relationship: relationshipType,
      confidence: 'CERTAIN',
    })),
    certificates: world.certificates.map(
      ({ accountId: _account, identifier: _identifier, source: origin, ...row }) => ({
        ...row,
        type: 'Certificate',
        source,
        origin,
      }),
    ),
    complete: true,
  };
}

function networkSnapshotOf(world: NetworkWorld): WholeNetwork {
  const source = 'scanopy';
  return {
    source,
    hosts: world.hosts.map((host) => hostOf(host, source)),
    subnets: world.subnets.map(({ type, ...subnet }) => ({
      ...subnet,
      type: 'Subnet',
      source,
      subnetType: type,
      updatedAt: subnet.createdAt,
    })),
    tags: world.tags.map((tag) => ({ ...tag, type: 'NetworkTag', source })),
    discoveries: [],
    complete: true,
  } as WholeNetwork;
}

function hostOf(host: WorldHost, source: string): HostModel {
  const virtualizationOf = (of: WorldHost['virtualization']) =>
    of && { virtualizationType: of.type, name: of.name, serviceId: of.serviceId };
  const serviceOf = (service: WorldService): ServiceModel => ({
    ...service,
    type: 'Service',
    source,
    networkId: host.networkId,
    hostId: host.id,
    virtualization: virtualizationOf(service.virtualization),
    createdAt: host.createdAt,
    updatedAt: host.updatedAt,
  });
  return {
    ...host,
    type: 'Host',
    source,
    upstreamDisplayName: null,
    virtualization: virtualizationOf(host.virtualization),
    interfaces: host.interfaces.map(({ type, neighbour, ...row }) => ({
      ...row,
      ifType: type,
      neighbor: neighbour ? { kind: neighbour.type === 'Host' ? 'HOST' : 'INTERFACE', id: neighbour.id } : null,
    })),
    ports: host.ports.map(({ type, protocol, ...port }) => ({ ...port, protocol, portType: type })),
    services: host.services.map(serviceOf),
  };
}

import type { WorldBinding, WorldHost, WorldService, WorldVirtualization } from '../world/network-world.ts';
import { historyOf, matchedSource, stamps, type WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';

export function serviceOnWire(wire: WireVersion, host: WorldHost, service: WorldService): WireObject {
  return {
    ...stamps(service.id, host.createdAt, host.updatedAt),
    ...historyOf(wire, service.id, host.createdAt, host.lastSeenAt),
    [wire.networkKey]: host.networkId,
    host_id: host.id,
    name: service.name,
    service_definition: service.definition,
    position: service.position,
    source: matchedSource(wire, host.id, host.createdAt, service.definition),
    tags: service.tagIds,
    ...serviceVirtualization(wire, service.virtualization),
    bindings: service.bindings.map((binding) => bindingOnWire(wire, host, service, binding)),
  };
}

/** A binding with a port and no address means every address of the host. */
export function bindingOnWire(
  wire: WireVersion,
  host: WorldHost,
  service: WorldService,
  binding: WorldBinding,
): WireObject {
  const target =
    binding.portId === null
      ? { type: wire.addressEntity, [wire.addressRefKey]: binding.addressId }
      : { type: 'Port', port_id: binding.portId, [wire.addressRefKey]: binding.addressId };
  return {
    ...stamps(binding.id, host.createdAt, host.updatedAt),
    ...historyOf(wire, binding.id, host.createdAt, host.lastSeenAt),
    [wire.networkKey]: host.networkId,
    service_id: service.id,
    ...target,
  };
}

function serviceVirtualization(wire: WireVersion, container: WorldVirtualization | null): WireObject {
  const details = container && {
    container_name: container.name,
    container_id: container.externalId,
    compose_project: container.composeProject,
  };
  if (wire.has('virtualizationSplit')) {
    const metadata = container && { type: container.type, details };
    return { virtualization_metadata: metadata, virtualization_service_id: container?.serviceId ?? null };
  }
  return {
    virtualization: container && { type: container.type, details: { ...details, service_id: container.serviceId } },
  };
}

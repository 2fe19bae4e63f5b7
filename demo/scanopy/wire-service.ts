import type { WorldBinding, WorldHost, WorldService } from '../world/network-world.ts';
import { historyOf, matchedSource, stamps, type WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';
import { serviceVirtualization } from './wire-virtualization.ts';

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
  const isLeftOut = binding.addressId === null && wire.has('leavesOutNulls');
  const address = isLeftOut ? {} : { [wire.addressRefKey]: binding.addressId };
  const target =
    binding.portId === null
      ? { type: wire.addressEntity, ...address }
      : { type: 'Port', port_id: binding.portId, ...address };
  return {
    ...stamps(binding.id, host.createdAt, host.updatedAt),
    ...historyOf(wire, binding.id, host.createdAt, host.lastSeenAt),
    [wire.networkKey]: host.networkId,
    service_id: service.id,
    ...target,
  };
}

import type { WorldVirtualization } from '../world/network-world.ts';
import type { WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';

/** A runtime or hypervisor that the version does not know is none: it sees a machine, or a program, like any other. */
export function knownVirtualization(wire: WireVersion, guest: WorldVirtualization | null): WorldVirtualization | null {
  if (guest?.type === 'ESXi' && !wire.has('esxi')) return null;
  return guest?.type === 'Podman' && !wire.has('podman') ? null : guest;
}

/** One object, or from some version on its two halves. */
function virtualization(wire: WireVersion, guest: WorldVirtualization | null, details: WireObject | null): WireObject {
  if (wire.has('virtualizationSplit')) {
    const metadata = guest && { type: guest.type, details };
    return { virtualization_metadata: metadata, virtualization_service_id: guest?.serviceId ?? null };
  }
  return { virtualization: guest && { type: guest.type, details: { ...details, service_id: guest.serviceId } } };
}

export function hostVirtualization(wire: WireVersion, of: WorldVirtualization | null): WireObject {
  const guest = knownVirtualization(wire, of);
  return virtualization(wire, guest, guest && { vm_id: guest.externalId, vm_name: guest.name });
}

export function serviceVirtualization(wire: WireVersion, of: WorldVirtualization | null): WireObject {
  const container = knownVirtualization(wire, of);
  const details = container && {
    container_name: container.name,
    container_id: container.externalId,
    ...(wire.has('composeProject') && { compose_project: container.composeProject }),
  };
  return virtualization(wire, container, details);
}

import type { RecordRef } from '#lib/record-ref.ts';
import { firstFilled } from '#lib/text.ts';

/** One service running on a host. */
export interface ServiceModel extends RecordRef<'Service'> {
  readonly networkId: string;
  readonly hostId: string;
  readonly name: string;
  /** Product the server recognised; an open vocabulary. */
  readonly definition: string;
  readonly position: number;
  readonly virtualization: VirtualizationModel | null;
  readonly tagIds: readonly string[];
  readonly bindings: readonly BindingModel[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** How a virtual machine or a container is run. */
export interface VirtualizationModel {
  /** Proxmox, VCenter, ESXi, Docker, Podman, … */
  readonly virtualizationType: string;
  readonly name: string | null;
  /** The hypervisor or container-runtime service; may dangle. */
  readonly serviceId: string | null;
}

/** Where a service listens. A port without an address means every address of the host. */
export interface BindingModel {
  readonly id: string;
  readonly portId: string | null;
  readonly addressId: string | null;
}

/** A title a person recognises, never blank: the name, else the product, else the id. */
export const serviceDisplayName = ({
  id,
  name,
  definition,
}: Pick<ServiceModel, 'id' | 'name' | 'definition'>): string => firstFilled(name, definition) ?? id;

import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { HostAddressModel, HostModel, NetworkInterfaceModel, PortModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { BindingModel, ServiceModel, VirtualizationModel } from '#entities/service/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';

/** What aliases, links and relations are derived from: of every record only the fields that are read for them. */
export type ResourceFacts = Pick<
  ResourceModel,
  | 'type'
  | 'source'
  | 'id'
  | 'accountId'
  | 'resourceId'
  | 'service'
  | 'region'
  | 'name'
  | 'state'
  | 'tags'
  | 'lastSeenAt'
>;

export type EdgeFacts = Pick<ResourceEdge, 'target' | 'relationship' | 'confidence'>;

type VirtualizationFacts = Pick<VirtualizationModel, 'name' | 'serviceId'>;

export interface ServiceFacts
  extends Pick<ServiceModel, 'type' | 'source' | 'id' | 'networkId' | 'hostId' | 'name' | 'definition'> {
  readonly virtualization: VirtualizationFacts | null;
  readonly bindings: readonly Pick<BindingModel, 'id' | 'portId'>[];
}

export interface MachineFacts
  extends Pick<
    HostModel,
    'type' | 'source' | 'id' | 'networkId' | 'name' | 'hostname' | 'sysName' | 'lastSeenAt' | 'updatedAt' | 'tagIds'
  > {
  readonly virtualization: VirtualizationFacts | null;
  readonly addresses: readonly Pick<HostAddressModel, 'address' | 'macAddress' | 'subnetId'>[];
  readonly interfaces: readonly Pick<NetworkInterfaceModel, 'id' | 'macAddress' | 'neighbor'>[];
  readonly ports: readonly Pick<PortModel, 'id' | 'number'>[];
  readonly services: readonly ServiceFacts[];
}

/** A record that can be found by its names. */
export type NamedFacts =
  | ResourceFacts
  | MachineFacts
  | ServiceFacts
  | SubnetModel
  | NetworkModel
  | NamedCertificate
  | CloudAccountModel;

import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';

const AT = '2026-03-01T00:00:00.000Z';

/** A resource row with what a test says of it. */
export const resource = (of: Partial<Omit<ResourceModel, 'type'>> & Pick<ResourceModel, 'id'>): ResourceModel => ({
  type: 'Resource',
  source: 'cloud',
  accountId: 'account-1',
  resourceId: of.id,
  service: 'ec2',
  region: 'eu-west-1',
  name: null,
  state: 'running',
  tags: [],
  costEstimateMonthly: null,
  lastSeenAt: AT,
  createdAt: AT,
  updatedAt: AT,
  ...of,
});

export const host = (of: Partial<Omit<HostModel, 'type'>> & Pick<HostModel, 'id'>): HostModel => ({
  type: 'Host',
  source: 'net',
  networkId: 'network-1',
  name: '',
  upstreamDisplayName: null,
  hostname: null,
  sysName: null,
  description: null,
  hidden: false,
  manufacturer: null,
  osFamily: null,
  model: null,
  serialNumber: null,
  virtualization: null,
  lastSeenAt: AT,
  createdAt: AT,
  updatedAt: AT,
  tagIds: [],
  addresses: [],
  interfaces: [],
  ports: [],
  services: [],
  ...of,
});

export const address = (ip: string, subnetId = 'subnet-1', macAddress: string | null = null) => ({
  id: `address ${ip}`,
  subnetId,
  address: ip,
  macAddress,
  name: null,
});

export const service = (of: Partial<Omit<ServiceModel, 'type'>> & Pick<ServiceModel, 'id'>): ServiceModel => ({
  type: 'Service',
  source: 'net',
  networkId: 'network-1',
  hostId: 'host-1',
  name: '',
  definition: 'Unclaimed Open Ports',
  position: 0,
  virtualization: null,
  tagIds: [],
  bindings: [],
  createdAt: AT,
  updatedAt: AT,
  ...of,
});

export const account = (id: string, awsAccountNumber: string): CloudAccountModel => ({
  type: 'CloudAccount',
  source: 'cloud',
  id,
  name: id,
  awsAccountNumber,
  status: 'OK',
  lastError: null,
  lastScanAt: AT,
  enabledScanners: [],
  createdAt: AT,
  updatedAt: AT,
});

/** An interface cabled to what is named, if anything is. */
export const interfaceTo = (
  id: string,
  neighbor: HostModel['interfaces'][number]['neighbor'],
): HostModel['interfaces'][number] => ({
  id,
  index: 1,
  name: null,
  description: null,
  alias: null,
  ifType: null,
  adminStatus: null,
  operStatus: null,
  speedBps: null,
  macAddress: null,
  addressId: null,
  neighbor,
});

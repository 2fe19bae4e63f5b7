import fc from 'fast-check';
import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ServiceDependencyType } from '#entities/service-dependency/model.ts';
import type { CloudSnapshot, NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { account } from '../../../support/records.ts';
import { AT, CLOUDS, id, NETWORKS, one, operatorTags } from './random-rows.ts';

/** Whatever a source holds besides its many rows. */
export interface PutCloudHead {
  readonly kind: 'PUT_CLOUD_HEAD';
  readonly source: (typeof CLOUDS)[number];
  readonly head: Partial<CloudSnapshot>;
}
export interface PutNetworkHead {
  readonly kind: 'PUT_NETWORK_HEAD';
  readonly source: (typeof NETWORKS)[number];
  readonly head: Partial<NetworkSnapshot>;
}
export const putCloudHead: fc.Arbitrary<PutCloudHead> = fc
  .record({
    source: one(...CLOUDS),
    accountName: one('prod', 'orders'),
    certificates: fc.uniqueArray(fc.record({ id: fc.nat(2), domain: one('orders.example.com', '*.example.com') }), {
      selector: ({ id: of }) => of,
    }),
    unreadEdges: fc.uniqueArray(id, { maxLength: 2 }),
  })
  .map(({ source, accountName, certificates, unreadEdges }) => ({
    kind: 'PUT_CLOUD_HEAD',
    source,
    head: {
      accounts: [{ ...account('account-1', '111111111111'), source, name: accountName }],
      findings: new Map(
        certificates.map(({ id: of, domain }) => [`f-${of}`, certificateFinding(source, `${of}`, domain)]),
      ),
      unreadEdges: unreadEdges.map((of) => `r-${of}`),
    },
  }));

const certificateFinding = (source: string, of: string, domain: string): FindingModel => ({
  type: 'Finding',
  source,
  id: `f-${of}`,
  accountId: 'account-1',
  resourceId: null,
  certificateId: `c-${of}`,
  findingType: 'certificate_expiring',
  severity: 'HIGH',
  status: 'OPEN',
  summary: '',
  details: { domain, alt_names: ['web.example.com'] },
  resolvedAt: null,
  snoozedUntil: null,
  firstDetectedAt: AT,
  lastDetectedAt: AT,
  lastScanId: null,
  detectionCount: 1,
  createdAt: AT,
  updatedAt: AT,
});

export const putNetworkHead: fc.Arbitrary<PutNetworkHead> = fc
  .record({
    source: one(...NETWORKS),
    networkName: one('office', 'orders'),
    subnet: one(
      ['10.0.0.0/24', 'Lan'] as const,
      ['10.0.0.4/30', 'Lan'] as const,
      ['10.0.0.0/8', 'DockerBridge'] as const,
    ),
    tagNames: fc.uniqueArray(one(...operatorTags)),
    path: fc.uniqueArray(id, { maxLength: 3 }),
    by: one<'SERVICE' | 'BINDING'>('SERVICE', 'BINDING'),
    dependencyType: one<ServiceDependencyType>('REQUEST_PATH', 'HUB_AND_SPOKE'),
    finishedAt: one('2026-02-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'),
  })
  .map(({ source, networkName, subnet: [cidr, subnetType], tagNames, path, by, dependencyType, finishedAt }) => ({
    kind: 'PUT_NETWORK_HEAD',
    source,
    head: {
      networks: [
        { type: 'Network', source, id: 'network-1', name: networkName, createdAt: AT, updatedAt: AT, tagIds: [] },
      ],
      subnets: [
        {
          ...{ type: 'Subnet', source, id: 'subnet-1', networkId: 'network-1', name: 'lan', cidr, subnetType },
          ...{ description: null, virtualizationServiceId: null, tagIds: [], createdAt: AT, updatedAt: AT },
        },
      ],
      // An operator renames a tag: its id stays.
      tags: operatorTags.map((of, i) => tagNamed(source, of, tagNames[i] ?? of)),
      serviceDependencies: [
        {
          ...{ type: 'ServiceDependency', source, id: 'd-1', networkId: 'network-1', name: 'shop', description: null },
          dependencyType,
          members: { by, ids: path.map((of) => (by === 'SERVICE' ? `s-${of}` : `b-${of}`)) },
        },
      ],
      discoveries: [discoveryUntil(source, finishedAt)],
    },
  }));

export const tagNamed = (source: string, of: string, name: string): NetworkTagModel => ({
  type: 'NetworkTag',
  source,
  id: of,
  name,
  description: null,
  color: 'red',
});

const discoveryUntil = (source: string, finishedAt: string): DiscoveryModel => ({
  ...{ type: 'Discovery', source, id: 'run-1', networkId: 'network-1', daemonId: 'daemon-1', name: 'nightly' },
  ...{
    discoveryType: 'Network',
    runType: 'Historical',
    cronSchedule: null,
    enabled: null,
    lastRunAt: AT,
    createdAt: AT,
  },
  session: {
    ...{ source, id: 'session-1', networkId: 'network-1', daemonId: 'daemon-1', discoveryId: null, phase: 'Complete' },
    ...{ progress: 100, startedAt: AT, finishedAt, error: null, hostsDiscovered: 1, estimatedRemainingSeconds: null },
  },
  subnetIds: null,
});

import type { CertificateNames } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { DependencyTargetModel } from '#entities/dependency/model.ts';
import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';

/** An edge as ScanOrbit reports it, not yet resolved to a row. */
interface CloudEdge {
  /** Row id of the reporting resource. */
  readonly fromId: string;
  readonly target: DependencyTargetModel;
}

/** Everything one ScanOrbit source holds, as far as it was read. */
export interface CloudSnapshot {
  readonly source: string;
  readonly accounts: readonly CloudAccountModel[];
  readonly resources: readonly ResourceModel[];
  readonly edges: readonly CloudEdge[];
  readonly certificates: readonly CertificateNames[];
  /** False while something is still to be read. Then a record that is missing here may exist all the same. */
  readonly complete: boolean;
}

/** Everything one Scanopy source holds, as far as it was read. */
export interface NetworkSnapshot {
  readonly source: string;
  /** With their embedded services. */
  readonly hosts: readonly HostModel[];
  readonly subnets: readonly SubnetModel[];
  readonly tags: readonly NetworkTagModel[];
  /** On servers without `lastSeenAt`, the end of a network's last discovery is when its hosts were last seen. */
  readonly discoveries: readonly DiscoveryModel[];
  readonly complete: boolean;
}

import type { CertificateNames } from '#entities/certificate/model.ts';
import type { DependencyTargetModel } from '#entities/dependency/model.ts';
import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { MachineFacts, ResourceFacts } from '../facts.ts';

/** An edge as ScanOrbit reports it, not yet resolved to a row. */
interface CloudEdge {
  /** Row id of the reporting resource. */
  readonly fromId: string;
  readonly target: DependencyTargetModel;
}

/** What the correlation reads of one ScanOrbit source. */
export interface CloudRecords {
  readonly source: string;
  readonly resources: readonly ResourceFacts[];
  readonly edges: readonly CloudEdge[];
  readonly certificates: readonly CertificateNames[];
  /** False while something is still to be read. Then a record that is missing here may exist all the same. */
  readonly complete: boolean;
}

/** What the correlation reads of one Scanopy source. */
export interface NetworkRecords {
  readonly source: string;
  /** With their embedded services. */
  readonly hosts: readonly MachineFacts[];
  readonly subnets: readonly SubnetModel[];
  readonly tags: readonly NetworkTagModel[];
  /** On servers without `lastSeenAt`, the end of a network's last discovery is when its hosts were last seen. */
  readonly discoveries: readonly DiscoveryModel[];
  readonly complete: boolean;
}

/** What an operator says about one pair. Hosts and resources are named by row id or, for resources, by AWS id or ARN. */
interface ManualPair {
  readonly host: string;
  readonly resource: string;
}

/** The settings of the correlation; every field has a default in {@link DEFAULT_CORRELATION_CONFIG}. */
export interface CorrelationConfig {
  readonly links: readonly ManualPair[];
  readonly denials: readonly ManualPair[];
  /** Tag of a resource whose value is the id of its host. */
  readonly hostIdTag: string;
  /** Tag of a resource whose value is the id of a host that it is not. */
  readonly notHostIdTag: string;
  /** Prefix of a host's tag that is followed by the AWS id of the host's resource. */
  readonly awsTagPrefix: string;
  /** Prefix of a host's tag that is followed by ScanOrbit's id of the host's resource. */
  readonly rowTagPrefix: string;
  /** Prefix of a host's tag that negates the rest of it: the host is not that resource. */
  readonly denialPrefix: string;
  /** Tags of resources that operators keep the machine's address in. */
  readonly addressTags: readonly string[];
  /** Which VPCs a network belongs to, by network id. For networks without an entry this is learned from sure links. */
  readonly vpcsOfNetwork: Readonly<Record<string, readonly string[]>>;
  /** Names that identify nothing, beside the built-in ones. */
  readonly genericNames: readonly string[];
}

export const DEFAULT_CORRELATION_CONFIG: CorrelationConfig = Object.freeze({
  links: [],
  denials: [],
  hostIdTag: 'scanopy:host-id',
  notHostIdTag: 'scanopy:not-host-id',
  awsTagPrefix: 'aws:',
  rowTagPrefix: 'scanorbit:',
  denialPrefix: 'not:',
  addressTags: ['private-ip'],
  vpcsOfNetwork: {},
  genericNames: [],
});

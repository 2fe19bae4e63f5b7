/**
 * The invented company, in neutral words: both demo servers speak their own wire over these records.
 * Nothing here is a wire shape of either product, and nothing here is imported by the gateway's clients.
 */

export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  /** Twelve digits, may start with 0. */
  readonly awsAccountNumber: string;
  readonly status: 'pending' | 'ok' | 'error';
  readonly lastError: string | null;
  readonly lastScanAt: string | null;
  readonly enabledScanners: readonly string[];
  readonly createdAt: string;
}

export interface WorldResource {
  readonly id: string;
  readonly accountId: string;
  /** Short id, name or ARN, as ScanOrbit's scanner stores it for that service. */
  readonly resourceId: string;
  readonly service: string;
  readonly region: string | null;
  readonly name: string | null;
  readonly state: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly costEstimateMonthly: string | null;
  readonly lastSeenAt: string;
  readonly createdAt: string;
  /** What AWS knows and ScanOrbit never lists: for the network half, and for the `raw` that leaks from one endpoint. */
  readonly privateAddress?: string;
}

export interface WorldEdge {
  readonly id: string;
  readonly fromId: string;
  readonly relationshipType: string;
  readonly targetService: string;
  /** Provider id of the target; may name something that has no row. */
  readonly targetResourceId: string;
  readonly createdAt: string;
}

export interface WorldCertificate {
  readonly id: string;
  readonly accountId: string;
  readonly identifier: string;
  readonly source: 'acm' | 'endpoint_scan';
  readonly primaryDomain: string | null;
  readonly altNames: readonly string[];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly issuer: string | null;
  readonly algorithm: string | null;
  readonly lastSeenAt: string;
}

export interface WorldFinding {
  readonly id: string;
  readonly accountId: string;
  readonly resourceId: string | null;
  readonly certificateId: string | null;
  readonly type: string;
  readonly severity: string;
  readonly status: string;
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly resolvedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly firstDetectedAt: string | null;
  readonly lastDetectedAt: string | null;
  readonly lastScanId: string | null;
  readonly detectionCount: number;
  readonly createdAt: string;
}

export interface WorldScan {
  readonly id: string;
  /** Null for a scan of an account that was removed. */
  readonly accountId: string | null;
  readonly status: string;
  readonly hasKey: boolean;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly resourcesDiscovered: number;
  readonly resourcesDelta: number;
  readonly findingsNew: number;
  readonly findingsResolved: number;
  readonly errorMessage: string | null;
  readonly createdAt: string;
}

export interface CloudWorld {
  /** The moment to which all its dates are relative. */
  readonly now: string;
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string; readonly tier: string };
  readonly accounts: readonly WorldAccount[];
  readonly resources: readonly WorldResource[];
  readonly edges: readonly WorldEdge[];
  readonly certificates: readonly WorldCertificate[];
  readonly findings: readonly WorldFinding[];
  readonly scans: readonly WorldScan[];
}

export interface WorldAddress {
  readonly id: string;
  readonly subnetId: string;
  readonly address: string;
  readonly macAddress: string | null;
  readonly name: string | null;
}

export interface WorldInterface {
  readonly id: string;
  readonly index: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly alias: string | null;
  readonly type: number;
  readonly adminStatus: string;
  readonly operStatus: string;
  readonly speedBps: number | null;
  readonly macAddress: string | null;
  readonly addressId: string | null;
  /** What the other end of the cable is, as LLDP tells it; may dangle. */
  readonly neighbour?: { readonly type: 'Interface' | 'Host'; readonly id: string } | null;
  readonly vlanIds?: readonly string[];
}

export interface WorldPort {
  readonly id: string;
  readonly number: number;
  readonly protocol: 'Tcp' | 'Udp';
  readonly type: string;
}

export interface WorldBinding {
  readonly id: string;
  readonly portId: string | null;
  /** Null together with a port: all addresses of the host. */
  readonly addressId: string | null;
}

export interface WorldVirtualization {
  readonly type: string;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly composeProject: string | null;
  /** Hypervisor or container-runtime service; may dangle. */
  readonly serviceId: string | null;
}

export interface WorldService {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly position: number;
  readonly tagIds: readonly string[];
  readonly bindings: readonly WorldBinding[];
  readonly virtualization: WorldVirtualization | null;
}

export interface WorldHost {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
  readonly hostname: string | null;
  readonly sysName: string | null;
  readonly description: string | null;
  readonly hidden: boolean;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly lastSeenAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly tagIds: readonly string[];
  readonly addresses: readonly WorldAddress[];
  readonly interfaces: readonly WorldInterface[];
  readonly ports: readonly WorldPort[];
  readonly services: readonly WorldService[];
  readonly virtualization: WorldVirtualization | null;
}

export interface WorldNetwork {
  readonly id: string;
  readonly name: string;
  readonly tagIds: readonly string[];
  readonly createdAt: string;
}

export interface WorldSubnet {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
  readonly cidr: string;
  readonly description: string | null;
  readonly type: string;
  readonly tagIds: readonly string[];
  readonly virtualizationServiceId: string | null;
  readonly createdAt: string;
}

export interface WorldTag {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly color: string;
  readonly createdAt: string;
}

export interface WorldDaemon {
  readonly id: string;
  readonly networkId: string;
  readonly hostId: string;
  readonly name: string;
  readonly mode: 'daemon_poll' | 'server_poll';
  readonly lastSeenAt: string;
  readonly unreachable: boolean;
  readonly subnetIds: readonly string[];
  readonly createdAt: string;
}

export interface WorldServiceDependency {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
  readonly description: string | null;
  readonly type: 'RequestPath' | 'HubAndSpoke';
  /** How a server that knows both ways names the members. @default 'Services' */
  readonly membersNamedBy?: 'Services' | 'Bindings';
  /**
   * Ordered members. Each names a binding and its service, so that generations that refer to bindings and those
   * that refer to services tell the same story. A member may dangle.
   */
  readonly members: readonly { readonly serviceId: string; readonly bindingId: string }[];
  readonly createdAt: string;
}

export interface WorldDiscoverySession {
  readonly sessionId: string;
  readonly discoveryId: string | null;
  readonly phase: string;
  readonly progress: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: string | null;
  readonly hostsDiscovered: number | null;
  readonly estimatedRemainingSeconds: number | null;
}

export interface WorldDiscovery {
  readonly id: string;
  readonly networkId: string;
  readonly daemonId: string;
  readonly name: string;
  /** Unified in the world; a server older than 0.15 calls it Network. */
  readonly type: string;
  readonly hostId: string;
  readonly subnetIds: readonly string[] | null;
  readonly run:
    | {
        readonly type: 'Scheduled';
        readonly cronSchedule: string;
        readonly enabled: boolean;
        readonly lastRunAt: string | null;
      }
    | { readonly type: 'AdHoc'; readonly lastRunAt: string | null }
    | { readonly type: 'Historical'; readonly session: WorldDiscoverySession };
  readonly createdAt: string;
}

export interface WorldVlan {
  readonly id: string;
  readonly networkId: string;
  readonly number: number;
  readonly name: string;
  readonly description: string | null;
  readonly subnetIds: readonly string[];
  readonly createdAt: string;
}

export interface NetworkWorld {
  readonly organizationId: string;
  readonly networks: readonly WorldNetwork[];
  readonly subnets: readonly WorldSubnet[];
  readonly tags: readonly WorldTag[];
  readonly hosts: readonly WorldHost[];
  readonly daemons: readonly WorldDaemon[];
  readonly dependencies: readonly WorldServiceDependency[];
  readonly discoveries: readonly WorldDiscovery[];
  readonly vlans: readonly WorldVlan[];
}

/** One labelled pair: this host is (or, for a decoy, is not) this resource, and which rule should say so. */
export interface WorldLink {
  readonly hostId: string;
  readonly resourceId: string;
  /** Rule name as the gateway's documentation uses it, e.g. `instance-id-name`. */
  readonly rule: string;
  readonly confidence: 'CERTAIN' | 'HIGH' | 'MEDIUM' | 'LOW';
}

export interface WorldDecoy {
  readonly hostId: string;
  readonly resourceId: string | null;
  /** Why a careless reader would link them. */
  readonly why: string;
}

export interface World {
  readonly cloud: CloudWorld;
  readonly network: NetworkWorld;
  readonly truth: readonly WorldLink[];
  readonly decoys: readonly WorldDecoy[];
}

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
  /** What the other end of the cable is, as LLDP reports it; may dangle. */
  readonly neighbour?: { readonly type: 'Interface' | 'Host'; readonly id: string } | null;
  /** What that end says of itself. */
  readonly lldp?: {
    readonly chassisMac: string;
    readonly port: string;
    readonly systemName: string | null;
    readonly address: string;
  };
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
  readonly osFamily: string | null;
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
  /** Unified in the world; a server older than 0.15 calls it what it was before. */
  readonly type: string;
  /** @default 'Network' */
  readonly formerType?: 'SelfReport' | 'Docker';
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

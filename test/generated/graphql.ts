/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How a version of an asset began. */
export type AssetVersionKind =
  /** It was not there before. */
  | 'ADDED'
  /** Some of its properties differ from the version before. */
  | 'CHANGED'
  /** It was there when its account or network was first read; since when is not known. */
  | 'FIRST'
  /** It is no longer listed. */
  | 'REMOVED';

/** What happened to a record between two readings. */
export type ChangeKind =
  /** It was not there before. */
  | 'ADDED'
  /** Some of its properties differ. */
  | 'CHANGED'
  /** It is no longer listed. */
  | 'REMOVED'
  /** A finding that was resolved is open again: a scan has detected it again. */
  | 'REOPENED';

/** How sure a link is. */
export type Confidence =
  /** Reported by an upstream, or identified beyond doubt. */
  | 'CERTAIN'
  /** Strong evidence; followed when walking the graph. */
  | 'HIGH'
  /** A candidate to look at. */
  | 'LOW'
  /** Inferred; followed only on request. */
  | 'MEDIUM';

/** Kinds of relation between assets, in the same words for every source. Each is read as "from … to": the `dependencies` of A go from A. */
export type DependencyKind =
  /** A volume or network interface plugged into that machine or gateway. The machine needs the volume, not the other way round. */
  | 'ATTACHED_TO'
  /** Calls the next service of a declared request path. */
  | 'CALLS'
  /** Lives in that VPC or subnet. */
  | 'CONTAINED_IN'
  /** A container run by that container runtime service. */
  | 'CONTAINERIZED_BY'
  /** Depends on it in a way the upstream does not name. */
  | 'DEPENDS_ON'
  /** Encrypted with that key. */
  | 'ENCRYPTED_BY'
  /** Cabled or bridged to it (LLDP, CDP); undirected. */
  | 'LINKED_TO'
  /** A log group that holds the logs of that function. */
  | 'LOGS_OF'
  /** A spoke of that hub service. */
  | 'MEMBER_OF_HUB'
  /** An alarm watches it; nothing breaks without the alarm, but nobody notices. */
  | 'MONITORS'
  /** The same machine, seen by the other kind of source. */
  | 'OBSERVED_AS'
  /** A relation this graph has no word for yet; see `relationship`. */
  | 'OTHER'
  /** A load balancer owns that target group. */
  | 'OWNS'
  /** A network interface that belongs to that load balancer or gateway. */
  | 'PART_OF'
  /** Its traffic is filtered by that security group. */
  | 'PROTECTED_BY'
  /** A load balancer sends traffic to it. */
  | 'ROUTES_TO'
  /** Runs with the permissions of that role or instance profile. */
  | 'RUNS_AS'
  /** A service runs on that host. */
  | 'RUNS_ON'
  /** Uses it to work: a NAT gateway its address, a function its layer. */
  | 'USES'
  /** A virtual machine run by that hypervisor service. */
  | 'VIRTUALIZED_BY';

/** How bad a finding is, as the upstream ranks it. */
export type FindingSeverity =
  /** Worst. The upstream cannot filter by it: a filter reads whole lists. */
  | 'CRITICAL'
  /** Bad. */
  | 'HIGH'
  /** Minor. */
  | 'LOW'
  /** Worth fixing. */
  | 'MEDIUM'
  /** Least. The upstream cannot filter by it: a filter reads whole lists. */
  | 'TRIVIAL'
  /** A value of the upstream that this graph does not know. */
  | 'UNKNOWN';

/** What became of a finding. */
export type FindingStatus =
  /** Accepted by a person. */
  | 'IGNORED'
  /** Not resolved. The upstream leaves the last one of a type open after it was fixed: compare `lastScan`. */
  | 'OPEN'
  /** Not found any more, or marked as fixed. */
  | 'RESOLVED'
  /** Put off until `snoozedUntil`. */
  | 'SNOOZED'
  /** A value of the upstream that this graph does not know. */
  | 'UNKNOWN';

/** How a searched term was read. */
export type IdentifierKind =
  /** An Amazon Resource Name. */
  | 'ARN'
  /** An address range. */
  | 'CIDR'
  /** A domain name, also one that a certificate covers by a wildcard. */
  | 'DOMAIN'
  /** A full host name. */
  | 'HOSTNAME'
  /** An upstream's own id (UUID). */
  | 'ID'
  /** An EC2 instance id, also inside a host name. */
  | 'INSTANCE_ID'
  /** An IPv4 or IPv6 address, or a host name that spells one (`ip-10-0-1-23`). */
  | 'IP_ADDRESS'
  /** A MAC address, in any usual spelling. */
  | 'MAC_ADDRESS'
  /** A short name: `Name` tag, host, service, function. Not unique. */
  | 'NAME'
  /** A provider id or name, e.g. `vol-…`, a database identifier, a bucket, an account number. */
  | 'RESOURCE_ID';

/** What happens to an asset when another goes. */
export type ImpactEffect =
  /** It works, but is no longer monitored. */
  | 'BLINDS'
  /** It stops working. */
  | 'BREAKS'
  /** It goes on with less: fewer targets, less storage, one path fewer. */
  | 'DEGRADES'
  /** It is left without purpose, and still costs. */
  | 'ORPHANS';

export type WhatDependsOnThisDatabaseQueryVariables = Exact<{
  id: string | number;
}>;


export type WhatDependsOnThisDatabaseQuery = { readonly impact: { readonly truncated: boolean, readonly subject:
      | { readonly displayName: string }
      | { readonly displayName: string }
      | { readonly displayName: string }
    , readonly impacted: ReadonlyArray<{ readonly effect: ImpactEffect, readonly distance: number, readonly confidence: Confidence, readonly asset:
        | { readonly __typename: 'Host', readonly displayName: string, readonly source: { readonly name: string } }
        | { readonly __typename: 'Resource', readonly displayName: string, readonly source: { readonly name: string } }
        | { readonly __typename: 'Service', readonly displayName: string, readonly source: { readonly name: string } }
       }> } | null };

export type WhatBreaksIfItGoesQueryVariables = Exact<{
  id: string | number;
}>;


export type WhatBreaksIfItGoesQuery = { readonly impact: { readonly truncated: boolean, readonly subject:
      | { readonly displayName: string }
      | { readonly displayName: string }
      | { readonly displayName: string }
    , readonly impacted: ReadonlyArray<{ readonly effect: ImpactEffect, readonly distance: number, readonly confidence: Confidence, readonly notes: ReadonlyArray<string>, readonly path: ReadonlyArray<string>, readonly asset:
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
       }> } | null };

export type ExposedWithOpenFindingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ExposedWithOpenFindingsQuery = { readonly findings: { readonly nodes: ReadonlyArray<{ readonly severity: FindingSeverity, readonly details: unknown, readonly resource: { readonly displayName: string, readonly dependents: { readonly nodes: ReadonlyArray<
            | { readonly displayName: string }
            | { readonly service: string, readonly displayName: string, readonly findings: { readonly nodes: ReadonlyArray<{ readonly type: string, readonly severity: FindingSeverity, readonly summary: string }> } | null }
            | { readonly displayName: string }
          > } | null } | null }> } | null };

export type IsTheExposedPortAnsweredQueryVariables = Exact<{ [key: string]: never; }>;


export type IsTheExposedPortAnsweredQuery = { readonly findings: { readonly nodes: ReadonlyArray<{ readonly details: unknown, readonly resource: { readonly displayName: string, readonly dependents: { readonly nodes: ReadonlyArray<
            | { readonly displayName: string }
            | { readonly displayName: string, readonly hosts: ReadonlyArray<{ readonly confidence: Confidence, readonly host: { readonly displayName: string, readonly ports: ReadonlyArray<{ readonly number: number, readonly protocol: string }>, readonly services: ReadonlyArray<{ readonly name: string, readonly definition: string }> } }> | null }
            | { readonly displayName: string }
          > } | null } | null }> } | null };

export type OnTheNetworkInNoAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type OnTheNetworkInNoAccountQuery = { readonly unmatched: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly reasons: ReadonlyArray<string>, readonly asset:
        | { readonly hostname: string | null, readonly displayName: string, readonly network: { readonly name: string } | null }
        | { readonly displayName: string }
        | { readonly displayName: string }
       }> } | null };

export type GoneButStillAnsweringQueryVariables = Exact<{ [key: string]: never; }>;


export type GoneButStillAnsweringQuery = { readonly unmatched: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly reasons: ReadonlyArray<string>, readonly asset:
        | { readonly displayName: string }
        | { readonly service: string, readonly state: string | null, readonly lastSeenAt: string, readonly displayName: string, readonly account: { readonly name: string } | null }
        | { readonly displayName: string }
       }> } | null };

export type OrphanedAndWhatItCostsQueryVariables = Exact<{ [key: string]: never; }>;


export type OrphanedAndWhatItCostsQuery = { readonly findings: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly type: string, readonly severity: FindingSeverity, readonly resource: { readonly displayName: string, readonly service: string, readonly state: string | null, readonly costEstimateMonthly: string | null, readonly hosts: ReadonlyArray<{ readonly host: { readonly displayName: string } }> | null } | null }> } | null };

export type CertificatesAboutToExpireQueryVariables = Exact<{ [key: string]: never; }>;


export type CertificatesAboutToExpireQuery = { readonly findings: { readonly nodes: ReadonlyArray<{ readonly severity: FindingSeverity, readonly status: FindingStatus, readonly certificate: { readonly primaryDomain: string | null, readonly altNames: ReadonlyArray<string>, readonly notAfter: string | null, readonly servedBy: ReadonlyArray<{ readonly confidence: Confidence, readonly detail: string, readonly host: { readonly displayName: string } }> | null } | null }> } | null };

export type EverythingAboutThisQueryVariables = Exact<{
  terms: ReadonlyArray<string> | string;
}>;


export type EverythingAboutThisQuery = { readonly lookup: ReadonlyArray<{ readonly term: string, readonly matchedOn: IdentifierKind, readonly node:
      | { readonly __typename: 'Certificate', readonly id: string }
      | { readonly __typename: 'CloudAccount', readonly id: string }
      | { readonly __typename: 'CloudOrganization', readonly id: string }
      | { readonly __typename: 'Daemon', readonly id: string }
      | { readonly __typename: 'Discovery', readonly id: string }
      | { readonly __typename: 'Finding', readonly id: string }
      | { readonly __typename: 'Host', readonly displayName: string, readonly id: string, readonly source: { readonly name: string }, readonly resources: ReadonlyArray<{ readonly rule: string, readonly resource: { readonly displayName: string, readonly service: string } }> | null }
      | { readonly __typename: 'Network', readonly id: string }
      | { readonly __typename: 'NetworkTag', readonly id: string }
      | { readonly __typename: 'Resource', readonly displayName: string, readonly id: string, readonly source: { readonly name: string }, readonly hosts: ReadonlyArray<{ readonly rule: string, readonly host: { readonly displayName: string } }> | null }
      | { readonly __typename: 'Scan', readonly id: string }
      | { readonly __typename: 'Service', readonly displayName: string, readonly id: string, readonly source: { readonly name: string } }
      | { readonly __typename: 'ServiceDependency', readonly id: string }
      | { readonly __typename: 'Subnet', readonly id: string }
      | { readonly __typename: 'Vlan', readonly id: string }
     }> | null };

export type BehindThisSecurityGroupQueryVariables = Exact<{
  id: string | number;
}>;


export type BehindThisSecurityGroupQuery = { readonly node:
    | { readonly displayName: string, readonly dependents: { readonly totalCount: number, readonly nodes: ReadonlyArray<
          | { readonly displayName: string }
          | { readonly service: string, readonly displayName: string, readonly hosts: ReadonlyArray<{ readonly confidence: Confidence, readonly host: { readonly displayName: string, readonly services: ReadonlyArray<{ readonly name: string }> } }> | null }
          | { readonly displayName: string }
        > } | null }
    | Record<PropertyKey, never>
   | null };

export type WhatRunsOnThisMachineQueryVariables = Exact<{
  id: string | number;
}>;


export type WhatRunsOnThisMachineQuery = { readonly host: { readonly displayName: string, readonly addresses: ReadonlyArray<{ readonly address: string, readonly subnet: { readonly cidr: string } | null }>, readonly services: ReadonlyArray<{ readonly name: string, readonly definition: string, readonly virtualization: { readonly type: string, readonly name: string | null } | null }>, readonly dependents: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'Host', readonly displayName: string }
        | { readonly __typename: 'Resource', readonly displayName: string }
        | { readonly __typename: 'Service', readonly displayName: string }
      > } | null, readonly resources: ReadonlyArray<{ readonly confidence: Confidence, readonly rule: string, readonly resource: { readonly displayName: string, readonly service: string, readonly costEstimateMonthly: string | null, readonly findings: { readonly nodes: ReadonlyArray<{ readonly type: string, readonly severity: FindingSeverity }> } | null } }> | null } | null };

export type DatabasesOutsideManagedServicesQueryVariables = Exact<{ [key: string]: never; }>;


export type DatabasesOutsideManagedServicesQuery = { readonly services: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly definition: string, readonly bindings: ReadonlyArray<{ readonly allAddresses: boolean, readonly port: { readonly number: number, readonly protocol: string } | null, readonly address: { readonly address: string } | null }>, readonly host: { readonly displayName: string, readonly network: { readonly name: string } | null, readonly resources: ReadonlyArray<{ readonly resource: { readonly service: string, readonly displayName: string } }> | null } | null }> } | null };

export type WhatChangedQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type WhatChangedQuery = { readonly changes: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: ChangeKind, readonly title: string, readonly noticedAt: string, readonly fields: ReadonlyArray<{ readonly name: string, readonly before: string | null, readonly after: string | null }>, readonly asset:
        | { readonly __typename: 'Host', readonly id: string }
        | { readonly __typename: 'Resource', readonly id: string }
        | { readonly __typename: 'Service', readonly id: string }
       | null }> } | null };

export type BlastRadiusQueryVariables = Exact<{
  id: string | number;
  vertex: string | number;
}>;


export type BlastRadiusQuery = { readonly impact: { readonly truncated: boolean, readonly impacted: ReadonlyArray<{ readonly effect: ImpactEffect, readonly distance: number, readonly asset:
        | { readonly displayName: string }
        | { readonly displayName: string }
        | { readonly displayName: string }
       }> } | null, readonly graph: { readonly truncated: boolean, readonly vertices: ReadonlyArray<{ readonly depth: number, readonly asset:
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
       | null, readonly target: { readonly kind: string, readonly identifier: string } | null }> } | null };

export type SinglePointsOfFailureQueryVariables = Exact<{ [key: string]: never; }>;


export type SinglePointsOfFailureQuery = { readonly balancers: { readonly nodes: ReadonlyArray<{ readonly displayName: string, readonly dependencies: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly target: { readonly kind: string, readonly identifier: string } }> } | null }> } | null, readonly runtimes: { readonly nodes: ReadonlyArray<{ readonly displayName: string, readonly host: { readonly displayName: string } | null, readonly dependents: { readonly totalCount: number } | null }> } | null };

export type CollidingRangesQueryVariables = Exact<{ [key: string]: never; }>;


export type CollidingRangesQuery = { readonly subnets: { readonly nodes: ReadonlyArray<{ readonly cidr: string, readonly name: string, readonly type: string, readonly network: { readonly name: string, readonly source: { readonly name: string } } | null }> } | null };

export type BehindThisSwitchQueryVariables = Exact<{
  id: string | number;
}>;


export type BehindThisSwitchQuery = { readonly host: { readonly displayName: string, readonly interfaces: ReadonlyArray<{ readonly index: number | null, readonly name: string | null, readonly operStatus: string | null, readonly speedBps: number | null }>, readonly links: { readonly edges: ReadonlyArray<{ readonly target: { readonly kind: string, readonly identifier: string }, readonly node:
          | { readonly displayName: string }
          | { readonly displayName: string }
          | { readonly displayName: string }
         | null }> } | null, readonly linkedFrom: { readonly edges: ReadonlyArray<{ readonly node:
          | { readonly displayName: string }
          | { readonly displayName: string }
          | { readonly displayName: string }
         | null }> } | null, readonly addresses: ReadonlyArray<{ readonly address: string, readonly subnet: { readonly cidr: string, readonly type: string } | null }> } | null };

export type HowGoodIsTheJoinQueryVariables = Exact<{ [key: string]: never; }>;


export type HowGoodIsTheJoinQuery = { readonly correlationReport: { readonly candidates: number, readonly rulesetVersion: string, readonly linksByRule: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly linksByConfidence: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly unmatchedCloud: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly unmatchedNetwork: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly inactiveRules: ReadonlyArray<{ readonly name: string, readonly needs: string }> } | null };

export type WhatItCostsByServiceAndRegionQueryVariables = Exact<{ [key: string]: never; }>;


export type WhatItCostsByServiceAndRegionQuery = { readonly resourceGroups: { readonly totalCount: number, readonly monthlyCost: string | null, readonly withoutCost: number, readonly groupCount: number, readonly asOf: string, readonly complete: boolean, readonly groups: ReadonlyArray<{ readonly count: number, readonly monthlyCost: string | null, readonly keys: ReadonlyArray<{ readonly label: string }> }> } | null };

export type WhereTheOpenFindingsAreQueryVariables = Exact<{ [key: string]: never; }>;


export type WhereTheOpenFindingsAreQuery = { readonly findingGroups: { readonly totalCount: number, readonly complete: boolean, readonly groups: ReadonlyArray<{ readonly count: number, readonly keys: ReadonlyArray<{ readonly value: string | null, readonly label: string }> }> } | null, readonly resources: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly displayName: string, readonly service: string, readonly hosts: ReadonlyArray<{ readonly confidence: Confidence, readonly host: { readonly displayName: string } }> | null }> } | null };

export type WhatAppearedThisWeekQueryVariables = Exact<{
  since: string;
}>;


export type WhatAppearedThisWeekQuery = { readonly changes: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly title: string, readonly noticedAt: string, readonly since: string, readonly asset:
        | { readonly __typename: 'Host', readonly id: string, readonly network: { readonly name: string } | null }
        | { readonly __typename: 'Resource', readonly service: string, readonly region: string | null, readonly costEstimateMonthly: string | null, readonly id: string, readonly account: { readonly name: string } | null }
        | { readonly __typename: 'Service', readonly definition: string, readonly id: string, readonly host: { readonly displayName: string } | null }
       | null }> } | null };

export type GoneButStillNeededQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type GoneButStillNeededQuery = { readonly changes: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly title: string, readonly noticedAt: string, readonly since: string, readonly neededBy: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly kind: DependencyKind, readonly node:
            | { readonly id: string, readonly displayName: string }
            | { readonly id: string, readonly displayName: string }
            | { readonly id: string, readonly displayName: string }
           | null }> } | null }> } | null };

export type SinceWhenIsThisPortOpenQueryVariables = Exact<{
  id: string | number;
}>;


export type SinceWhenIsThisPortOpenQuery = { readonly host: { readonly displayName: string, readonly ports: ReadonlyArray<{ readonly number: number, readonly protocol: string }>, readonly history: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: AssetVersionKind, readonly since: string | null, readonly from: string, readonly until: string | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly before: string | null, readonly after: string | null }> }> } | null } | null };

export type WhatDidImpactLookLikeBeforeQueryVariables = Exact<{
  id: string | number;
  time: string;
}>;


export type WhatDidImpactLookLikeBeforeQuery = { readonly before: { readonly readings: ReadonlyArray<{ readonly source: string, readonly time: string, readonly isComplete: boolean }>, readonly impact: { readonly truncated: boolean, readonly impacted: ReadonlyArray<{ readonly effect: ImpactEffect, readonly distance: number, readonly confidence: Confidence, readonly asset:
          | { readonly id: string, readonly displayName: string }
          | { readonly id: string, readonly displayName: string }
          | { readonly id: string, readonly displayName: string }
         }> } | null } | null, readonly now: { readonly truncated: boolean, readonly impacted: ReadonlyArray<{ readonly effect: ImpactEffect, readonly distance: number, readonly confidence: Confidence, readonly asset:
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
        | { readonly id: string, readonly displayName: string }
       }> } | null };

export type WhichFindingsComeBackQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type WhichFindingsComeBackQuery = { readonly changes: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly title: string, readonly noticedAt: string, readonly since: string, readonly finding: { readonly id: string, readonly type: string, readonly severity: FindingSeverity, readonly status: FindingStatus, readonly detectionCount: number, readonly firstDetectedAt: string | null, readonly resource: { readonly id: string, readonly displayName: string } | null } | null }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const WhatDependsOnThisDatabaseDocument = new TypedDocumentString(`
    query WhatDependsOnThisDatabase($id: ID!) {
  impact(id: $id, depth: 5) {
    subject {
      displayName
    }
    truncated
    impacted {
      effect
      distance
      confidence
      asset {
        __typename
        displayName
        source {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatDependsOnThisDatabaseQuery, WhatDependsOnThisDatabaseQueryVariables>;
export const WhatBreaksIfItGoesDocument = new TypedDocumentString(`
    query WhatBreaksIfItGoes($id: ID!) {
  impact(id: $id, depth: 3) {
    subject {
      displayName
    }
    truncated
    impacted {
      effect
      distance
      confidence
      notes
      path
      asset {
        id
        displayName
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatBreaksIfItGoesQuery, WhatBreaksIfItGoesQueryVariables>;
export const ExposedWithOpenFindingsDocument = new TypedDocumentString(`
    query ExposedWithOpenFindings {
  findings(
    first: 100
    filter: {type: ["permissive_security_group", "open_all_ports"], status: [OPEN]}
  ) {
    nodes {
      severity
      details
      resource {
        displayName
        dependents(first: 50, kinds: [PROTECTED_BY]) {
          nodes {
            displayName
            ... on Resource {
              service
              findings(first: 20, filter: {status: [OPEN], severity: [CRITICAL, HIGH]}) {
                nodes {
                  type
                  severity
                  summary
                }
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExposedWithOpenFindingsQuery, ExposedWithOpenFindingsQueryVariables>;
export const IsTheExposedPortAnsweredDocument = new TypedDocumentString(`
    query IsTheExposedPortAnswered {
  findings(
    first: 100
    filter: {type: ["permissive_security_group"], status: [OPEN]}
  ) {
    nodes {
      details
      resource {
        displayName
        dependents(first: 50, kinds: [PROTECTED_BY]) {
          nodes {
            displayName
            ... on Resource {
              hosts {
                confidence
                host {
                  displayName
                  ports {
                    number
                    protocol
                  }
                  services {
                    name
                    definition
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IsTheExposedPortAnsweredQuery, IsTheExposedPortAnsweredQueryVariables>;
export const OnTheNetworkInNoAccountDocument = new TypedDocumentString(`
    query OnTheNetworkInNoAccount {
  unmatched(side: NETWORK, reason: "NOT_IN_CLOUD_INVENTORY", first: 100) {
    totalCount
    nodes {
      reasons
      asset {
        displayName
        ... on Host {
          hostname
          network {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OnTheNetworkInNoAccountQuery, OnTheNetworkInNoAccountQueryVariables>;
export const GoneButStillAnsweringDocument = new TypedDocumentString(`
    query GoneButStillAnswering {
  unmatched(side: CLOUD, reason: "CONTRADICTION", first: 100) {
    totalCount
    nodes {
      reasons
      asset {
        displayName
        ... on Resource {
          service
          state
          lastSeenAt
          account {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GoneButStillAnsweringQuery, GoneButStillAnsweringQueryVariables>;
export const OrphanedAndWhatItCostsDocument = new TypedDocumentString(`
    query OrphanedAndWhatItCosts {
  findings(
    first: 200
    filter: {status: [OPEN], type: ["orphaned_volume", "orphaned_eip", "orphaned_eni", "orphaned_snapshot", "idle_load_balancer", "idle_nat_gateway", "unused_security_group", "unused_kms_key", "unused_resource"]}
  ) {
    totalCount
    nodes {
      type
      severity
      resource {
        displayName
        service
        state
        costEstimateMonthly
        hosts {
          host {
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrphanedAndWhatItCostsQuery, OrphanedAndWhatItCostsQueryVariables>;
export const CertificatesAboutToExpireDocument = new TypedDocumentString(`
    query CertificatesAboutToExpire {
  findings(first: 40, filter: {type: ["ssl_expiry", "ssl_expired"]}) {
    nodes {
      severity
      status
      certificate {
        primaryDomain
        altNames
        notAfter
        servedBy {
          confidence
          detail
          host {
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CertificatesAboutToExpireQuery, CertificatesAboutToExpireQueryVariables>;
export const EverythingAboutThisDocument = new TypedDocumentString(`
    query EverythingAboutThis($terms: [String!]!) {
  lookup(any: $terms) {
    term
    matchedOn
    node {
      __typename
      id
      ... on Asset {
        displayName
        source {
          name
        }
      }
      ... on Host {
        resources {
          rule
          resource {
            displayName
            service
          }
        }
      }
      ... on Resource {
        hosts {
          rule
          host {
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EverythingAboutThisQuery, EverythingAboutThisQueryVariables>;
export const BehindThisSecurityGroupDocument = new TypedDocumentString(`
    query BehindThisSecurityGroup($id: ID!) {
  node(id: $id) {
    ... on Resource {
      displayName
      dependents(first: 100, kinds: [PROTECTED_BY]) {
        totalCount
        nodes {
          displayName
          ... on Resource {
            service
            hosts {
              confidence
              host {
                displayName
                services {
                  name
                }
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BehindThisSecurityGroupQuery, BehindThisSecurityGroupQueryVariables>;
export const WhatRunsOnThisMachineDocument = new TypedDocumentString(`
    query WhatRunsOnThisMachine($id: ID!) {
  host(id: $id) {
    displayName
    addresses {
      address
      subnet {
        cidr
      }
    }
    services {
      name
      definition
      virtualization {
        type
        name
      }
    }
    dependents(first: 100, kinds: [RUNS_ON, VIRTUALIZED_BY]) {
      nodes {
        __typename
        displayName
      }
    }
    resources {
      confidence
      rule
      resource {
        displayName
        service
        costEstimateMonthly
        findings(first: 20, filter: {status: [OPEN]}) {
          nodes {
            type
            severity
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatRunsOnThisMachineQuery, WhatRunsOnThisMachineQueryVariables>;
export const DatabasesOutsideManagedServicesDocument = new TypedDocumentString(`
    query DatabasesOutsideManagedServices {
  services(
    first: 200
    filter: {definition: ["PostgreSQL", "MySQL", "MariaDB", "MongoDB", "Redis", "MSSQL Server", "RabbitMQ", "Kafka", "Elasticsearch"]}
  ) {
    totalCount
    nodes {
      name
      definition
      bindings {
        port {
          number
          protocol
        }
        address {
          address
        }
        allAddresses
      }
      host {
        displayName
        network {
          name
        }
        resources {
          resource {
            service
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DatabasesOutsideManagedServicesQuery, DatabasesOutsideManagedServicesQueryVariables>;
export const WhatChangedDocument = new TypedDocumentString(`
    query WhatChanged($since: DateTime) {
  changes(first: 100, since: $since) {
    totalCount
    nodes {
      kind
      title
      noticedAt
      fields {
        name
        before
        after
      }
      asset {
        __typename
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatChangedQuery, WhatChangedQueryVariables>;
export const BlastRadiusDocument = new TypedDocumentString(`
    query BlastRadius($id: ID!, $vertex: ID!) {
  impact(id: $id, depth: 3) {
    impacted {
      effect
      distance
      asset {
        displayName
      }
    }
    truncated
  }
  graph(roots: [$vertex], direction: DEPENDENTS, depth: 1, maxVertices: 1000) {
    vertices {
      depth
      asset {
        id
        displayName
      }
      target {
        kind
        identifier
      }
    }
    truncated
  }
}
    `) as unknown as TypedDocumentString<BlastRadiusQuery, BlastRadiusQueryVariables>;
export const SinglePointsOfFailureDocument = new TypedDocumentString(`
    query SinglePointsOfFailure {
  balancers: resources(first: 100, filter: {service: ["alb"]}) {
    nodes {
      displayName
      dependencies(first: 20, kinds: [ROUTES_TO]) {
        totalCount
        edges {
          target {
            kind
            identifier
          }
        }
      }
    }
  }
  runtimes: services(
    first: 200
    filter: {definition: ["Proxmox VE", "Docker", "Podman", "ESXi", "VMware ESXi"]}
  ) {
    nodes {
      displayName
      host {
        displayName
      }
      dependents(first: 1, kinds: [VIRTUALIZED_BY, CONTAINERIZED_BY]) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SinglePointsOfFailureQuery, SinglePointsOfFailureQueryVariables>;
export const CollidingRangesDocument = new TypedDocumentString(`
    query CollidingRanges {
  subnets(first: 1000) {
    nodes {
      cidr
      name
      type
      network {
        name
        source {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CollidingRangesQuery, CollidingRangesQueryVariables>;
export const BehindThisSwitchDocument = new TypedDocumentString(`
    query BehindThisSwitch($id: ID!) {
  host(id: $id) {
    displayName
    interfaces {
      index
      name
      operStatus
      speedBps
    }
    links: dependencies(first: 100, kinds: [LINKED_TO]) {
      edges {
        target {
          kind
          identifier
        }
        node {
          displayName
        }
      }
    }
    linkedFrom: dependents(first: 100, kinds: [LINKED_TO]) {
      edges {
        node {
          displayName
        }
      }
    }
    addresses {
      address
      subnet {
        cidr
        type
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BehindThisSwitchQuery, BehindThisSwitchQueryVariables>;
export const HowGoodIsTheJoinDocument = new TypedDocumentString(`
    query HowGoodIsTheJoin {
  correlationReport {
    linksByRule {
      key
      count
    }
    linksByConfidence {
      key
      count
    }
    candidates
    unmatchedCloud {
      key
      count
    }
    unmatchedNetwork {
      key
      count
    }
    inactiveRules {
      name
      needs
    }
    rulesetVersion
  }
}
    `) as unknown as TypedDocumentString<HowGoodIsTheJoinQuery, HowGoodIsTheJoinQueryVariables>;
export const WhatItCostsByServiceAndRegionDocument = new TypedDocumentString(`
    query WhatItCostsByServiceAndRegion {
  resourceGroups(by: [SERVICE, REGION], orderBy: {field: COST}, first: 20) {
    totalCount
    monthlyCost
    withoutCost
    groups {
      keys {
        label
      }
      count
      monthlyCost
    }
    groupCount
    asOf
    complete
  }
}
    `) as unknown as TypedDocumentString<WhatItCostsByServiceAndRegionQuery, WhatItCostsByServiceAndRegionQueryVariables>;
export const WhereTheOpenFindingsAreDocument = new TypedDocumentString(`
    query WhereTheOpenFindingsAre {
  findingGroups(by: [ACCOUNT, SEVERITY], filter: {status: [OPEN]}) {
    totalCount
    groups {
      keys {
        value
        label
      }
      count
    }
    complete
  }
  resources(
    first: 50
    filter: {linked: true, hasFinding: {severity: [CRITICAL, HIGH], status: [OPEN]}}
  ) {
    totalCount
    nodes {
      displayName
      service
      hosts {
        host {
          displayName
        }
        confidence
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhereTheOpenFindingsAreQuery, WhereTheOpenFindingsAreQueryVariables>;
export const WhatAppearedThisWeekDocument = new TypedDocumentString(`
    query WhatAppearedThisWeek($since: DateTime!) {
  changes(first: 100, since: $since, kinds: [ADDED]) {
    totalCount
    nodes {
      title
      noticedAt
      since
      asset {
        __typename
        id
        ... on Resource {
          service
          region
          costEstimateMonthly
          account {
            name
          }
        }
        ... on Host {
          network {
            name
          }
        }
        ... on Service {
          definition
          host {
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatAppearedThisWeekQuery, WhatAppearedThisWeekQueryVariables>;
export const GoneButStillNeededDocument = new TypedDocumentString(`
    query GoneButStillNeeded($since: DateTime) {
  changes(first: 100, since: $since, kinds: [REMOVED], types: [RESOURCE]) {
    totalCount
    nodes {
      title
      noticedAt
      since
      neededBy(first: 20) {
        totalCount
        edges {
          kind
          node {
            id
            displayName
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GoneButStillNeededQuery, GoneButStillNeededQueryVariables>;
export const SinceWhenIsThisPortOpenDocument = new TypedDocumentString(`
    query SinceWhenIsThisPortOpen($id: ID!) {
  host(id: $id) {
    displayName
    ports {
      number
      protocol
    }
    history(first: 100) {
      totalCount
      nodes {
        kind
        since
        from
        until
        fields {
          name
          before
          after
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SinceWhenIsThisPortOpenQuery, SinceWhenIsThisPortOpenQueryVariables>;
export const WhatDidImpactLookLikeBeforeDocument = new TypedDocumentString(`
    query WhatDidImpactLookLikeBefore($id: ID!, $time: DateTime!) {
  before: asOf(time: $time) {
    readings {
      source
      time
      isComplete
    }
    impact(id: $id, depth: 3) {
      truncated
      impacted {
        effect
        distance
        confidence
        asset {
          id
          displayName
        }
      }
    }
  }
  now: impact(id: $id, depth: 3) {
    truncated
    impacted {
      effect
      distance
      confidence
      asset {
        id
        displayName
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatDidImpactLookLikeBeforeQuery, WhatDidImpactLookLikeBeforeQueryVariables>;
export const WhichFindingsComeBackDocument = new TypedDocumentString(`
    query WhichFindingsComeBack($since: DateTime) {
  changes(first: 100, since: $since, types: [FINDING], kinds: [REOPENED]) {
    totalCount
    nodes {
      title
      noticedAt
      since
      finding {
        id
        type
        severity
        status
        detectionCount
        firstDetectedAt
        resource {
          id
          displayName
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhichFindingsComeBackQuery, WhichFindingsComeBackQueryVariables>;
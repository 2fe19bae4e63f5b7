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
  /** Whether somebody wrote the row by hand, with its tags as an array. */
  readonly tagsInArray?: boolean;
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

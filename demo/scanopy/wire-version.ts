/** First version that has a feature, and first version that has it no more. Not every bound is known to the patch. */
const SPANS = {
  snmpCredential: { until: '0.15.0' },
  metadataRegistry: { until: '0.15.0' },
  constantRateHeaders: { until: '0.15.0' },
  leavesOutNulls: { until: '0.15.0' },
  groups: { until: '0.16.0' },
  sourceMetadata: { until: '0.17.0' },
  virtualizationObject: { until: '0.17.12' },
  neighbourOnInterface: { until: '0.17.15' },
  daemonCapabilities: { until: '0.17.16' },
  foreignBearerForbidden: { until: '0.17.5' },
  roundsRetryAfterDown: { until: '0.17.0' },
  credentialAssignments: { from: '0.15.0' },
  identityFields: { from: '0.15.0' },
  applicationTags: { from: '0.15.0' },
  unifiedDiscovery: { from: '0.15.0' },
  sessionDetails: { from: '0.15.0' },
  composeProject: { from: '0.15.0' },
  secondNames: { from: '0.16.0' },
  esxi: { from: '0.17.0' },
  podman: { from: '0.17.0' },
  history: { from: '0.17.0' },
  snapshots: { from: '0.17.0' },
  topologyData: { from: '0.17.0' },
  vlans: { from: '0.17.0' },
  integrationTargets: { from: '0.17.0' },
  virtualizationSplit: { from: '0.17.12' },
  neighbourCandidates: { from: '0.17.15' },
  omitsUnknownMac: { from: '0.17.16' },
  nameLadder: { from: '0.17.16' },
  authoredNamesOnly: { from: '0.17.16' },
  staleAfter: { from: '0.17.16' },
  operatingSystem: { from: '0.17.20' },
  lateParameters: { from: '0.17.21' },
  sites: { from: '0.17.22' },
} as const satisfies Record<string, { readonly from?: string; readonly until?: string }>;

type WireFeature = keyof typeof SPANS;

/** The names one server version uses on the wire, and what it can do. */
export interface WireVersion {
  readonly version: string;
  readonly networkKey: 'network_id' | 'site_id';
  readonly networkEntity: 'Network' | 'Site';
  readonly addressesKey: 'interfaces' | 'ip_addresses';
  readonly addressEntity: 'Interface' | 'IPAddress';
  readonly addressRefKey: 'interface_id' | 'ip_address_id';
  readonly interfacesKey: 'if_entries' | 'interfaces';
  readonly interfaceEntity: 'IfEntry' | 'Interface';
  has(feature: WireFeature): boolean;
}

/** Any `a.b.c`; a version newer than every known one is like the newest. */
export function wireVersion(version: string): WireVersion {
  const has = (feature: WireFeature) => {
    const span: { readonly from?: string; readonly until?: string } = SPANS[feature];
    return isAtLeast(version, span.from ?? '0.0.0') && (span.until === undefined || !isAtLeast(version, span.until));
  };
  const second = has('secondNames');
  return {
    version,
    networkKey: has('sites') ? 'site_id' : 'network_id',
    networkEntity: has('sites') ? 'Site' : 'Network',
    addressesKey: second ? 'ip_addresses' : 'interfaces',
    addressEntity: second ? 'IPAddress' : 'Interface',
    addressRefKey: second ? 'ip_address_id' : 'interface_id',
    interfacesKey: second ? 'interfaces' : 'if_entries',
    interfaceEntity: second ? 'Interface' : 'IfEntry',
    has,
  };
}

function isAtLeast(version: string, bound: string): boolean {
  const left = numbersOf(version);
  const right = numbersOf(bound);
  for (const [index, wanted] of right.entries()) {
    const found = left[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

function numbersOf(version: string): number[] {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match) throw new TypeError(`A Scanopy version reads a.b.c, not ${JSON.stringify(version)}`);
  return match.slice(1).map(Number);
}

import type { ScanopyVersion } from '../network-client.ts';

/** The newest release whose wire this client was written for. */
const NEWEST_KNOWN = '0.17.22';
/** The release that is assumed while a server's version is unknown. */
export const TARGET_VERSION = '0.16.0';

const FIRST_OF_G2 = '0.16.0';
const FIRST_OF_G3 = '0.17.22';
const FIRST_WITH_LATE_PARAMETERS = '0.17.21';
const FIRST_WITH_NEIGHBORS_APART = '0.17.15';

const numbersOf = (version: string): readonly number[] | null => {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? match.slice(1).map(Number) : null;
};

/** Compares `a.b.c` by number, ignoring a leading `v` and anything after; an unreadable version counts as newer than all. */
const isAtLeast = (version: string, bound: string): boolean => {
  const left = numbersOf(version);
  const right = numbersOf(bound) ?? [];
  if (!left) return true;
  for (const [i, wanted] of right.entries()) {
    const found = left[i] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
};

/** A version newer than every known one, or unreadable, is read like the newest. */
export const readVersion = (serverVersion: string): ScanopyVersion => ({
  serverVersion,
  generation: isAtLeast(serverVersion, FIRST_OF_G3) ? 'G3' : isAtLeast(serverVersion, FIRST_OF_G2) ? 'G2' : 'G1',
  known: numbersOf(serverVersion) !== null && isAtLeast(NEWEST_KNOWN, serverVersion),
});

/** Whether `search`, `hidden`, `service_definitions` and list ordering of discoveries may be sent: older servers ignore them. */
export const hasLateParameters = (serverVersion: string): boolean =>
  isAtLeast(serverVersion, FIRST_WITH_LATE_PARAMETERS);

/** Whether interface rows no longer say what they are cabled to: from then on the topology of their network does. */
export const hasNeighborsApart = (serverVersion: string): boolean =>
  isAtLeast(serverVersion, FIRST_WITH_NEIGHBORS_APART);

/** What one wire generation calls things. The names of the keys are G2's; rows are renamed to them before they are read. */
export interface WireAdapter {
  readonly generation: ScanopyVersion['generation'];
  readonly networksPath: string;
  /** In the order to try: one release between two generations may have moved already. */
  readonly dependencyPaths: readonly [string, string?];
  /** Query key that narrows a list to one network. */
  readonly networkFilter: string;
  /** G2 key → the key this generation sends instead. */
  readonly renamedKeys: Readonly<Record<string, string>>;
}

/**
 * The row with G2's keys. A generation may use a G2 word for something else (`interfaces`), so a renamed key's own word is
 * taken away first; a key that is not sent under the old name keeps what the row has under its G2 name, if anything.
 */
export const withG2Keys = (row: unknown, { renamedKeys }: WireAdapter): unknown => {
  if (typeof row !== 'object' || row === null) return row;
  const sent = row as Readonly<Record<string, unknown>>;
  const renamed: Record<string, unknown> = { ...sent };
  for (const theirs of Object.values(renamedKeys)) delete renamed[theirs];
  for (const [ours, theirs] of Object.entries(renamedKeys)) if (theirs in sent) renamed[ours] = sent[theirs];
  return renamed;
};

/** Up to 0.15: addresses are called interfaces, SNMP rows if-entries, dependencies groups. */
const g1: WireAdapter = {
  generation: 'G1',
  networksPath: '/api/v1/networks',
  dependencyPaths: ['/api/v1/groups', '/api/v1/dependencies'],
  networkFilter: 'network_id',
  renamedKeys: {
    ip_addresses: 'interfaces',
    interfaces: 'if_entries',
    ip_address_id: 'interface_id',
    dependency_type: 'group_type',
  },
};

/** 0.16.0 to 0.17.21: the names this client's own records follow. */
const g2: WireAdapter = {
  generation: 'G2',
  networksPath: '/api/v1/networks',
  dependencyPaths: ['/api/v1/dependencies'],
  networkFilter: 'network_id',
  renamedKeys: {},
};

/** From 0.17.22: networks are called sites. The old filter names are ignored there, which would answer with every site. */
const g3: WireAdapter = {
  generation: 'G3',
  networksPath: '/api/v1/sites',
  dependencyPaths: ['/api/v1/dependencies'],
  networkFilter: 'site_id',
  renamedKeys: { network_id: 'site_id' },
};

const ADAPTERS = { G1: g1, G2: g2, G3: g3 } as const satisfies Record<ScanopyVersion['generation'], WireAdapter>;

/** How one server version is asked, and its rows are read. */
export interface ApiVersion {
  readonly version: ScanopyVersion;
  readonly adapter: WireAdapter;
  /** Filters and orders that older servers ignore in silence. */
  readonly lateParameters: boolean;
}

export const apiVersionOf = (serverVersion: string): ApiVersion => {
  const version = readVersion(serverVersion);
  return { version, adapter: ADAPTERS[version.generation], lateParameters: hasLateParameters(serverVersion) };
};

/** One version of each way to be asked. */
export const EVERY_API_VERSION: readonly ApiVersion[] = ['0.15.0', '0.16.0', '0.17.21', '0.17.22'].map(apiVersionOf);

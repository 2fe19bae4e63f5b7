import { hashOf } from '../random.ts';
import type { CloudWorld, WorldAccount, WorldFinding, WorldResource, WorldScan } from '../world/cloud-world.ts';
import { isoOf, MINUTE } from '../world/time.ts';

/** What happened to one account while the server runs. */
export interface Refresh {
  /** The last scan that completed. */
  readonly scan?: WorldScan;
  /** A scan that ended in an error since then. */
  readonly failed?: WorldScan;
  /** The account's last complete one of the world as it was. */
  readonly before: WorldScan | undefined;
}

/** What became of rows without a scan. */
export interface Edits {
  /** By the id of the resource that somebody gave them to by hand. */
  readonly tags: ReadonlyMap<string, WorldResource['tags']>;
  /** By the id of the finding. */
  readonly statuses: ReadonlyMap<string, WorldFinding['status']>;
  /** Ids of rows that are gone. */
  readonly removed: ReadonlySet<string>;
  readonly added: readonly WorldResource[];
}

/** All rows as they stand between two ends of scans, in the order in which they are sent. */
export interface Snapshot {
  readonly resources: readonly WorldResource[];
  readonly findings: readonly WorldFinding[];
  readonly accounts: readonly WorldAccount[];
  readonly resourceById: ReadonlyMap<string, WorldResource>;
  readonly findingById: ReadonlyMap<string, WorldFinding>;
}

export function liveSnapshot(
  world: CloudWorld,
  refreshes: ReadonlyMap<string, Refresh>,
  { tags, statuses, removed, added }: Edits,
): Snapshot {
  const resources = [...world.resources, ...added]
    .filter((row) => !removed.has(row.id))
    .map((row) => seenAgain(row, refreshes.get(row.accountId)))
    .map((row) => (tags.has(row.id) ? { ...row, tags: tags.get(row.id) ?? null } : row))
    .sort((a, b) => descending(a.lastSeenAt, b.lastSeenAt));
  const findings = world.findings
    .map((row) => detectedAgain(row, refreshes.get(row.accountId)))
    .map((row) => ({ ...row, status: statuses.get(row.id) ?? row.status }))
    .sort((a, b) => descending(a.createdAt, b.createdAt));
  const accounts = world.accounts
    .map((row) => scannedAgain(row, refreshes.get(row.id)))
    .sort((a, b) => descending(a.createdAt, b.createdAt));
  const resourceById = new Map(resources.map((row) => [row.id, row]));
  return { resources, findings, accounts, resourceById, findingById: new Map(findings.map((row) => [row.id, row])) };
}

/** A row that the last completed scan had missed stays missed. */
function seenAgain(row: WorldResource, refresh: Refresh | undefined): WorldResource {
  if (refresh === undefined || row.lastSeenAt < (refresh.before?.startedAt ?? '')) return row;
  const reached = refresh.failed && hashOf(row.id) % 2 === 0 ? refresh.failed : refresh.scan;
  if (reached === undefined) return row;
  const { startedAt, completedAt } = reached;
  const moment = Date.parse(startedAt ?? '') + (Date.parse(row.lastSeenAt) % (4 * MINUTE));
  return { ...row, lastSeenAt: isoOf(Math.min(moment, Date.parse(completedAt ?? ''))) };
}

function detectedAgain(row: WorldFinding, refresh: Refresh | undefined): WorldFinding {
  if (refresh?.scan === undefined || row.lastScanId === null || row.lastScanId !== refresh.before?.id) return row;
  return { ...row, lastScanId: refresh.scan.id, lastDetectedAt: refresh.scan.completedAt };
}

function scannedAgain(row: WorldAccount, refresh: Refresh | undefined): WorldAccount {
  if (refresh?.scan === undefined) return row;
  return { ...row, status: 'ok', lastError: null, lastScanAt: refresh.scan.completedAt };
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

import type { CloudWorld, WorldAccount, WorldFinding, WorldResource, WorldScan } from '../world/cloud-world.ts';
import { isoOf, MINUTE } from '../world/time.ts';

/** A scan that ended while the server runs, and the account's last complete one of the world as it was. */
export interface Refresh {
  readonly scan: WorldScan;
  readonly before: WorldScan | undefined;
}

/** All rows as they stand between two ends of scans, in the order in which they are sent. */
export interface Picture {
  readonly resources: readonly WorldResource[];
  readonly findings: readonly WorldFinding[];
  readonly accounts: readonly WorldAccount[];
  readonly resourceById: ReadonlyMap<string, WorldResource>;
  readonly findingById: ReadonlyMap<string, WorldFinding>;
}

export function drawPicture(world: CloudWorld, refreshes: ReadonlyMap<string, Refresh>): Picture {
  const resources = world.resources
    .map((row) => seenAgain(row, refreshes.get(row.accountId)))
    .sort((a, b) => descending(a.lastSeenAt, b.lastSeenAt));
  const findings = world.findings
    .map((row) => detectedAgain(row, refreshes.get(row.accountId)))
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
  const { startedAt, completedAt } = refresh.scan;
  const moment = Date.parse(startedAt ?? '') + (Date.parse(row.lastSeenAt) % (4 * MINUTE));
  return { ...row, lastSeenAt: isoOf(Math.min(moment, Date.parse(completedAt ?? ''))) };
}

function detectedAgain(row: WorldFinding, refresh: Refresh | undefined): WorldFinding {
  if (refresh === undefined || row.lastScanId === null || row.lastScanId !== refresh.before?.id) return row;
  return { ...row, lastScanId: refresh.scan.id, lastDetectedAt: refresh.scan.completedAt };
}

function scannedAgain(row: WorldAccount, refresh: Refresh | undefined): WorldAccount {
  if (refresh === undefined) return row;
  return { ...row, status: 'ok', lastError: null, lastScanAt: refresh.scan.completedAt };
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

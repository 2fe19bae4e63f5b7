import { createRandom } from '../random.ts';
import { lastCompletedScan } from '../world/cloud-scans.ts';
import type { CloudWorld, WorldAccount, WorldFinding, WorldResource, WorldScan } from '../world/cloud-world.ts';
import { liveSnapshot, type Refresh, type Snapshot } from './live-snapshot.ts';
import { createScanTimeline, type ScanEnding } from './scan-timeline.ts';

/** The world with its scans moving. Every list comes in the order in which the product sends it. */
export interface LiveWorld {
  readonly world: CloudWorld;
  /** Newest `lastSeenAt` first. */
  resources(): readonly WorldResource[];
  /** Newest `createdAt` first. */
  findings(): readonly WorldFinding[];
  /** Newest first. */
  scans(): readonly WorldScan[];
  /** Newest first. */
  accounts(): readonly WorldAccount[];
  resourceById(id: string): WorldResource | undefined;
  findingById(id: string): WorldFinding | undefined;
  /** Ends the account's active scan now, or puts a whole one in: its rows are seen anew. Answers the scan as it ended. */
  completeScan(accountId: string | null, ending?: ScanEnding): WorldScan;
  /** Stops the account's active scan, as a person may: nothing that it saw gets new dates. Null when it has none. */
  cancelScan(accountId: string | null): WorldScan | null;
  /** Disconnects an account, as people do while it is scanned. Its rows stay. */
  removeAccount(accountId: string): void;
  /** Gives one resource (by row id) other tags, as people do in the product: no scan shows it, and nothing else changes. */
  editTags(resourceId: string, tags: WorldResource['tags']): void;
  /** Gives a finding (by its id) another status, as a scan or somebody does. */
  setFindingStatus(findingId: string, status: WorldFinding['status']): void;
  /** Puts in a row that no ended scan has reported: a running one writes them at once. */
  addResource(row: WorldResource): void;
  /** Deletes a row (by its id), as the product does with what was not seen for long. */
  removeResource(resourceId: string): void;
}

/**
 * Time runs from the world's `now` at the speed of `clock`. While `moving`, the running scan grows until it is
 * complete, and a minute later the next one starts; when a scan ends, what it saw again gets new dates.
 */
export function createLiveWorld(world: CloudWorld, clock: () => number, moving: boolean): LiveWorld {
  const ahead = Date.parse(world.now) - clock();
  const sizes = Map.groupBy(world.resources, (row) => row.accountId);
  const edits = {
    tags: new Map<string, WorldResource['tags']>(),
    statuses: new Map<string, WorldFinding['status']>(),
    removed: new Set<string>(),
    added: [] as WorldResource[],
  };
  const removedAccounts = new Set<string>();
  const refreshes = new Map<string, Refresh>();
  let snapshot: Snapshot | undefined;
  const timeline = createScanTimeline({
    scans: world.scans,
    now: () => clock() + ahead,
    moving,
    random: createRandom(`scans after ${world.organization.id} ${world.now}`),
    sizeOf: (accountId) => sizes.get(accountId ?? '')?.length ?? 0,
    onEnd(scan) {
      if (scan.accountId === null) return;
      const known = refreshes.get(scan.accountId) ?? { before: lastCompletedScan(world.scans, scan.accountId) };
      const { before } = known;
      refreshes.set(scan.accountId, scan.status === 'error' ? { ...known, failed: scan } : { scan, before });
      snapshot = undefined;
    },
  });
  const current = (): Snapshot => {
    timeline.advance();
    snapshot ??= liveSnapshot(world, refreshes, edits);
    return snapshot;
  };
  return {
    world,
    resources: () => current().resources,
    findings: () => current().findings,
    accounts: () => current().accounts.filter(({ id }) => !removedAccounts.has(id)),
    resourceById: (id) => current().resourceById.get(id),
    findingById: (id) => current().findingById.get(id),
    scans: timeline.scans,
    completeScan: timeline.complete,
    cancelScan: timeline.cancel,
    removeAccount(accountId) {
      removedAccounts.add(accountId);
      timeline.forgetAccount(accountId);
    },
    editTags(resourceId, tags) {
      edits.tags.set(resourceId, tags);
      snapshot = undefined;
    },
    setFindingStatus(findingId, status) {
      edits.statuses.set(findingId, status);
      snapshot = undefined;
    },
    addResource(row) {
      edits.added.push(row);
      snapshot = undefined;
    },
    removeResource(resourceId) {
      edits.removed.add(resourceId);
      snapshot = undefined;
    },
  };
}

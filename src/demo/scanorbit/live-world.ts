import { createRandom } from '../random.ts';
import { SCAN_DURATION } from '../world/cloud-accounts.ts';
import { lastCompletedScan } from '../world/cloud-scans.ts';
import { isoOf, MINUTE } from '../world/time.ts';
import type { CloudWorld, WorldAccount, WorldFinding, WorldResource, WorldScan } from '../world/types.ts';
import { drawPicture, type Picture, type Refresh } from './live-picture.ts';

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
  /** Ends the account's running scan now, or puts a whole one in. Answers the scan as it ended. */
  completeScan(accountId: string): WorldScan;
}

const PAUSE_BETWEEN_SCANS = MINUTE;
const activeStatuses = ['queued', 'processing', 'running', 'analyzing_pending', 'analyzing'];

/**
 * Time runs from the world's `now` at the speed of `clock`. While `moving`, the running scan grows until it is
 * complete, and a minute later the next one starts; what it saw again gets new dates.
 */
export function createLiveWorld(world: CloudWorld, clock: () => number, moving: boolean): LiveWorld {
  const ahead = Date.parse(world.now) - clock();
  const now = () => clock() + ahead;
  const random = createRandom(`scans after ${world.organization.id} ${world.now}`);
  const refreshes = new Map<string, Refresh>();
  let scans = [...world.scans];
  let running = scans.find((scan) => scan.status === 'running');
  let nextStart: { accountId: string; at: number } | undefined;
  let picture: Picture | undefined;

  const finish = (scan: WorldScan, at: number): WorldScan => {
    const resourcesDiscovered = sizeOf(world, scan.accountId);
    const startedAt = scan.startedAt ?? scan.createdAt;
    const ended = { ...scan, status: 'complete', startedAt, completedAt: isoOf(at), resourcesDiscovered };
    scans = scans.some(({ id }) => id === scan.id)
      ? scans.map((other) => (other.id === scan.id ? ended : other))
      : [ended, ...scans];
    if (scan.accountId !== null) {
      const before = lastCompletedScan(world.scans, scan.accountId);
      refreshes.set(scan.accountId, { scan: ended, before });
    }
    if (scan.id === running?.id && scan.accountId !== null) {
      running = undefined;
      nextStart = { accountId: scan.accountId, at: at + PAUSE_BETWEEN_SCANS };
    }
    picture = undefined;
    return ended;
  };

  const advance = () => {
    if (!moving) return;
    for (;;) {
      if (running !== undefined) {
        const end = Date.parse(running.createdAt) + SCAN_DURATION;
        if (now() < end) return;
        finish(running, end);
      }
      if (nextStart === undefined || now() < nextStart.at) return;
      running = newScan(random.uuid(), nextStart.accountId, nextStart.at);
      scans = [running, ...scans];
    }
  };

  const current = (): Picture => {
    advance();
    picture ??= drawPicture(world, refreshes);
    return picture;
  };

  return {
    world,
    resources: () => current().resources,
    findings: () => current().findings,
    accounts: () => current().accounts,
    resourceById: (id) => current().resourceById.get(id),
    findingById: (id) => current().findingById.get(id),
    scans() {
      advance();
      return moving ? scans.map((scan) => (scan.id === running?.id ? withProgress(scan, now(), world) : scan)) : scans;
    },
    completeScan(accountId) {
      advance();
      const active = scans.find((scan) => scan.accountId === accountId && activeStatuses.includes(scan.status));
      return finish(active ?? newScan(random.uuid(), accountId, now()), now());
    },
  };
}

function newScan(id: string, accountId: string, at: number): WorldScan {
  const nothing = { resourcesDiscovered: 0, resourcesDelta: 0, findingsNew: 0, findingsResolved: 0 };
  const dates = { startedAt: isoOf(at), completedAt: null, createdAt: isoOf(at) };
  return { id, accountId, status: 'running', hasKey: true, errorMessage: null, ...nothing, ...dates };
}

function withProgress(scan: WorldScan, now: number, world: CloudWorld): WorldScan {
  const share = Math.min(1, Math.max(0, (now - Date.parse(scan.createdAt)) / SCAN_DURATION));
  return { ...scan, resourcesDiscovered: Math.floor(sizeOf(world, scan.accountId) * share) };
}

function sizeOf(world: CloudWorld, accountId: string | null): number {
  return world.resources.reduce((count, row) => count + (row.accountId === accountId ? 1 : 0), 0);
}

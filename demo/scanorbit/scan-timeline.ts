import type { Random } from '../random.ts';
import { SCAN_DURATION } from '../world/cloud-accounts.ts';
import type { WorldScan } from '../world/cloud-world.ts';
import { isoOf, MINUTE } from '../world/time.ts';

/** How a scan ends. One that ends in an error has seen, and written, only part of its account. */
export interface ScanEnding {
  /** @default complete */
  readonly status?: 'complete' | 'error';
}

export interface ScanTimeline {
  /** Newest first, the running one with what it has discovered so far. */
  scans(): readonly WorldScan[];
  /** Lets happen what is due. */
  advance(): void;
  /** Ends the account's active scan now, or puts a whole one in. */
  complete(accountId: string | null, ending?: ScanEnding): WorldScan;
  /** Stops the account's active scan; null when it has none. */
  cancel(accountId: string | null): WorldScan | null;
  /** Scans outlive their account, and name none from then on. */
  forgetAccount(accountId: string): void;
}

export interface ScanTimelineOptions {
  readonly scans: readonly WorldScan[];
  readonly now: () => number;
  /** Whether the running scan grows and ends by itself, and another follows. */
  readonly moving: boolean;
  readonly random: Random;
  /** Number of resources of an account. */
  readonly sizeOf: (accountId: string | null) => number;
  readonly onEnd: (scan: WorldScan) => void;
}

const PAUSE_BETWEEN_SCANS = MINUTE;
const activeStatuses: readonly string[] = ['queued', 'processing', 'running', 'analyzing_pending', 'analyzing'];

export function createScanTimeline(options: ScanTimelineOptions): ScanTimeline {
  const { now, moving, random, sizeOf } = options;
  let scans = options.scans;
  let running = scans.find((scan) => scan.status === 'running');
  let next: { accountId: string | null; at: number } | undefined;

  const put = (ended: WorldScan, at: number): WorldScan => {
    const known = scans.some(({ id }) => id === ended.id);
    scans = known ? scans.map((other) => (other.id === ended.id ? ended : other)) : [ended, ...scans];
    if (ended.id === running?.id) {
      running = undefined;
      next = { accountId: ended.accountId, at: at + PAUSE_BETWEEN_SCANS };
    }
    return ended;
  };

  const end = (scan: WorldScan, at: number, ending: ScanEnding = {}): WorldScan => {
    const ended = put(endedScan(scan, at, sizeOf(scan.accountId), ending), at);
    options.onEnd(ended);
    return ended;
  };

  const activeOf = (accountId: string | null): WorldScan | undefined => {
    advance();
    return scans.find((scan) => scan.accountId === accountId && activeStatuses.includes(scan.status));
  };

  const advance = () => {
    while (moving) {
      if (running !== undefined && now() >= endOf(running)) end(running, endOf(running));
      if (running !== undefined || next === undefined || now() < next.at) return;
      running = newScan(random.uuid(), next.accountId, next.at);
      scans = [running, ...scans];
    }
  };

  return {
    advance,
    scans() {
      advance();
      if (!moving) return scans;
      return scans.map((scan) => (scan.id === running?.id ? withProgress(scan, now(), sizeOf(scan.accountId)) : scan));
    },
    complete(accountId, ending) {
      return end(activeOf(accountId) ?? newScan(random.uuid(), accountId, now()), now(), ending);
    },
    cancel(accountId) {
      const active = activeOf(accountId);
      return active ? put({ ...active, status: 'canceled' }, now()) : null;
    },
    forgetAccount(accountId) {
      const forget = (scan: WorldScan) =>
        scan.accountId === accountId ? { ...scan, accountId: null, hasKey: false } : scan;
      scans = scans.map(forget);
      running = running && forget(running);
    },
  };
}

function endOf(scan: WorldScan): number {
  return Date.parse(scan.createdAt) + SCAN_DURATION;
}

function newScan(id: string, accountId: string | null, at: number): WorldScan {
  const nothing = { resourcesDiscovered: 0, resourcesDelta: 0, findingsNew: 0, findingsResolved: 0 };
  const dates = { startedAt: isoOf(at), completedAt: null, createdAt: isoOf(at) };
  return { id, accountId, status: 'running', hasKey: true, errorMessage: null, ...nothing, ...dates };
}

function endedScan(scan: WorldScan, at: number, size: number, { status = 'complete' }: ScanEnding): WorldScan {
  const dates = { startedAt: scan.startedAt ?? scan.createdAt, completedAt: isoOf(at) };
  if (status === 'complete') return { ...scan, ...dates, status, resourcesDiscovered: size };
  return { ...scan, ...dates, status, resourcesDiscovered: Math.floor(size / 2), errorMessage: 'Scan timed out' };
}

function withProgress(scan: WorldScan, now: number, size: number): WorldScan {
  const share = Math.min(1, Math.max(0, (now - Date.parse(scan.createdAt)) / SCAN_DURATION));
  return { ...scan, resourcesDiscovered: Math.floor(size * share) };
}

import type { Random } from '../random.ts';
import { type CloudAccount, SCAN_DURATION } from './cloud-accounts.ts';
import type { WorldScan } from './cloud-world.ts';
import { DAY, HOUR, isoOf, MINUTE, SECOND } from './time.ts';

/**
 * History of every account: finished scans of all endings, one running, one whose analysis has not begun, one queued; and of removed
 * accounts one that is over and one that still analyzes what it read.
 */
export function createScans(
  random: Random,
  now: number,
  accounts: readonly CloudAccount[],
  sizeOf: (account: CloudAccount) => number,
): readonly WorldScan[] {
  const scans = accounts.flatMap((account) => historyOf(random, now, account, sizeOf(account)));
  const removed = scan(random, { id: null, size: 84 }, now - 61 * DAY, { hasKey: false });
  const orphan = { status: 'analyzing', hasKey: false, findingsNew: 0, findingsResolved: 0 };
  const analyzing = scan(random, { id: null, size: 31 }, now - 7 * MINUTE, orphan);
  return [...scans, removed, analyzing].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function historyOf(random: Random, now: number, account: CloudAccount, size: number): readonly WorldScan[] {
  const of = { id: account.record.id, size };
  const at = (start: number, more: Partial<WorldScan> = {}) => scan(random, of, start, more);
  const unfinished = { completedAt: null, findingsNew: 0, findingsResolved: 0, resourcesDelta: 0 };
  switch (account.role) {
    case 'production':
      return [
        at(now - 40 * SECOND, { ...unfinished, status: 'running', resourcesDiscovered: Math.floor(size / 7) }),
        ...Array.from({ length: 9 }, (_, age) => at(account.seenAt - age * 6 * HOUR)),
        at(now - 3 * DAY, { status: 'canceled', completedAt: null }),
      ];
    case 'staging':
      return [
        at(account.seenAt, { status: 'analyzing_pending', findingsNew: 0, findingsResolved: 0 }),
        at(now - 65 * MINUTE, { errorMessage: '1 region(s) failed' }),
        at(now - 26 * HOUR, { status: 'partial', errorMessage: '2 scanner(s) failed across regions' }),
        ...[2, 3, 4, 5].map((days) => at(now - days * DAY)),
      ];
    case 'legacy':
      return [
        at(now - 3 * HOUR, {
          ...unfinished,
          status: 'error',
          resourcesDiscovered: 0,
          errorMessage: account.record.lastError,
        }),
        at(account.seenAt, { errorMessage: '' }),
        at(account.seenAt - DAY),
      ];
    case 'sandbox':
      return [at(now - 5 * SECOND, { ...unfinished, status: 'queued', startedAt: null, resourcesDiscovered: 0 })];
  }
}

function scan(
  random: Random,
  account: { id: string | null; size: number },
  start: number,
  more: Partial<WorldScan>,
): WorldScan {
  return {
    id: random.uuid(),
    accountId: account.id,
    status: 'complete',
    hasKey: true,
    startedAt: isoOf(start),
    completedAt: isoOf(start + SCAN_DURATION + 20 * SECOND),
    resourcesDiscovered: account.size,
    resourcesDelta: random.int(-4, 9),
    findingsNew: random.int(0, 6),
    findingsResolved: random.int(0, 2),
    errorMessage: null,
    createdAt: isoOf(start),
    ...more,
  };
}

/** The newest scan of an account that ended `complete`. */
export function lastCompletedScan(scans: readonly WorldScan[], accountId: string): WorldScan | undefined {
  return scans
    .filter((candidate) => candidate.accountId === accountId && candidate.status === 'complete')
    .reduce<WorldScan | undefined>(
      (newest, candidate) => (newest && newest.createdAt >= candidate.createdAt ? newest : candidate),
      undefined,
    );
}

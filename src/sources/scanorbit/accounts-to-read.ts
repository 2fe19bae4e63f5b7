import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { RESOURCES_GOOD_FOR_MS, scanVersion } from '#inventory/snapshot/is-current.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';

/** From this age on an account is read again although no scan of it ended: tags are edited by hand, and no scan shows that. */
const DUE_MS = RESOURCES_GOOD_FOR_MS / 2;
/** Rows read again at one refresh for their age alone: ten pages, or more where that would not get round in time. */
const ROWS_AT_ONCE = 1_000;
const REFRESHES_TO_GET_ROUND = 20;

export interface AccountsToRead {
  /** A scan of them ended since the former snapshot, or they are new: resources and relations. */
  readonly changed: ReadonlySet<string>;
  /** Their reading is old: resources only, since only scans write relations. */
  readonly aged: ReadonlySet<string>;
}

/** The accounts that a refresh reads again: all that changed or may not be relied on any more, and some of those that soon may not. */
export const accountsToRead = (
  former: CloudSnapshot | null,
  accounts: readonly CloudAccountModel[],
  scans: readonly ScanModel[],
  now: number,
): AccountsToRead => {
  const before = new Map(former?.accounts.map((account) => [account.id, stateOf(account, former.scans)]));
  const isChanged = (account: CloudAccountModel): boolean =>
    !before.has(account.id) || before.get(account.id) !== stateOf(account, scans);
  const changed = new Set(accounts.filter(isChanged).map(({ id }) => id));
  if (!former) return { changed, aged: new Set() };
  const unchanged = accounts.filter(({ id }) => !changed.has(id));
  return { changed, aged: agedAccounts(former, unchanged, now) };
};

const agedAccounts = (
  former: CloudSnapshot,
  accounts: readonly CloudAccountModel[],
  now: number,
): ReadonlySet<string> => {
  const sizes = new Map<string, number>();
  for (const { accountId } of former.resources.values()) sizes.set(accountId, (sizes.get(accountId) ?? 0) + 1);
  const oldestFirst = accounts
    .map(({ id }) => ({ id, ageMs: now - readAtOf(former, id) }))
    .filter(({ ageMs }) => ageMs >= DUE_MS)
    .toSorted((a, b) => b.ageMs - a.ageMs);
  let left = Math.max(ROWS_AT_ONCE, former.resources.size / REFRESHES_TO_GET_ROUND);
  const aged = new Set<string>();
  for (const { id, ageMs } of oldestFirst) {
    const size = sizes.get(id) ?? 0;
    if (ageMs < RESOURCES_GOOD_FOR_MS && aged.size > 0 && size > left) continue;
    aged.add(id);
    left -= size;
  }
  return aged;
};

const readAtOf = ({ accountReadAt }: CloudSnapshot, id: string): number => Date.parse(accountReadAt.get(id) ?? '') || 0;

/** With many accounts, the newest scan of one may be older than all recent scans: then its own date counts. Null: never scanned. */
const stateOf = (account: CloudAccountModel, scans: readonly ScanModel[]): string | null =>
  scanVersion(scans, account.id) ?? account.lastScanAt;

import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import type { BuildPicture } from '#inventory/snapshot/build-picture.ts';
import { changesBetween } from '#inventory/snapshot/changes.ts';
import { indexScopes } from '#inventory/snapshot/index-scope.ts';
import type { CloudPicture } from '#inventory/snapshot/picture.ts';
import { inTurns, readWholeList } from '#inventory/snapshot/read-whole-list.ts';
import type { CloudClient, ResourceEdge } from '../cloud-client.ts';
import { scanVersion } from './freshness.ts';
import { SCANORBIT_PAGE_SIZE } from './paging.ts';

/** Services whose resources never have outgoing edges: one call each is saved. An unknown service is asked; groups may name each other. */
const WITHOUT_EDGES = new Set([
  'iam',
  'iam_user',
  'iam_role',
  'iam_policy',
  'iam_access_key',
  'kms',
  'kms_key',
  'eip',
  'cloudwatch_logs',
  'rds_snapshot',
  'acm',
]);

export const mayHaveEdges = (resource: Pick<ResourceModel, 'service'>): boolean => !WITHOUT_EDGES.has(resource.service);

/**
 * Reads a ScanOrbit organization: accounts, scans, resources and findings by whole pages, then edges, one call per resource. With a
 * former picture, only the accounts whose newest completed scan changed are read again; with none, the former picture stands, until
 * it is so old that findings, which people change at any time, are read again.
 */
export const buildCloudPicture =
  (client: CloudClient): BuildPicture<CloudPicture> =>
  async ({ former, progress, signal, clock, show }) => {
    const scope = indexScopes(client.source, { signal, clock }, false);
    progress.plan(2);
    const accounts = await client.accounts(scope()).finally(() => progress.did());
    const scans = await client.recentScans(scope()).finally(() => progress.did());
    const unchanged = unchangedAccounts(former, accounts, scans);
    const isSame = unchanged.size === accounts.length && former?.accounts.length === accounts.length;
    if (isSame && isYoung(former, clock.now())) return former;
    const readAt = new Date(clock.now()).toISOString();
    const kept = [...(former?.resources.values() ?? [])].filter(({ accountId }) => unchanged.has(accountId));
    const resources = new Map(kept.map((resource) => [resource.id, resource]));
    const pages = (accountId: string | undefined) =>
      readWholeList<ResourceModel>(SCANORBIT_PAGE_SIZE, progress, (page, again) =>
        client.resourcePage(accountId ? { accountId } : {}, page, { ...scope(), bypassCache: again }),
      );
    const changed = accounts.filter(({ id }) => !unchanged.has(id));
    if (!former || changed.length === accounts.length)
      for (const [id, row] of await pages(undefined)) resources.set(id, row);
    else
      for (const { id: accountId } of changed) for (const [id, row] of await pages(accountId)) resources.set(id, row);

    const findings = await readWholeList<FindingModel>(SCANORBIT_PAGE_SIZE, progress, (page, again) =>
      client.findingPage({}, page, { ...scope(), bypassCache: again }),
    );
    const edges = new Map<string, readonly ResourceEdge[]>();
    for (const [id, of] of former?.edges ?? [])
      if (unchanged.has(resources.get(id)?.accountId ?? '')) edges.set(id, of);
    const changes = former ? changesBetween({ ...former, rows: former.resources }, { readAt, rows: resources }) : [];
    const picture = (edgesComplete: boolean): CloudPicture => ({
      side: 'CLOUD',
      source: client.source,
      readAt,
      accounts,
      scans,
      resources,
      findings,
      findingsReadAt: new Date().toISOString(),
      edges: new Map(edges),
      edgesComplete,
      changes,
    });
    const missing = [...resources.values()].filter((resource) => mayHaveEdges(resource) && !edges.has(resource.id));
    progress.plan(missing.length);
    if (missing.length > 0) show(picture(false));
    await inTurns(missing, 2, async (resource) => {
      edges.set(resource.id, await client.dependencies(resource, scope()));
      progress.did();
    });
    return picture(true);
  };

const HALF_AN_HOUR_MS = 30 * 60_000;

/** Complete, and well below the age at which nobody would rely on it any more. */
const isYoung = ({ edgesComplete, readAt, accounts }: CloudPicture, now: number): boolean =>
  edgesComplete && accounts.length > 0 && now - Date.parse(readAt) < HALF_AN_HOUR_MS;

/** Accounts whose newest completed scan is the one the former picture was read after. */
const unchangedAccounts = (
  former: CloudPicture | null,
  accounts: readonly CloudAccountModel[],
  scans: readonly ScanModel[],
): ReadonlySet<string> => {
  const before = new Map(former?.accounts.map((account) => [account.id, stateOf(account, former.scans)]));
  const same = accounts.filter(
    (account) => before.has(account.id) && before.get(account.id) === stateOf(account, scans),
  );
  return new Set(same.map(({ id }) => id));
};

/** With many accounts, the newest scan of one may be older than the list of recent scans reaches: then the account tells. Null: never scanned. */
const stateOf = (account: CloudAccountModel, scans: readonly ScanModel[]): string | null =>
  scanVersion(scans, account.id) ?? account.lastScanAt;

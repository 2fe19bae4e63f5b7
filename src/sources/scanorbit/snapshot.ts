import type { ResourceEdge } from '#entities/dependency/model.ts';
import { RESOURCE_FACTS, type ResourceModel } from '#entities/resource/model.ts';
import { type BuildSnapshot, indexScopes } from '#inventory/snapshot/build-snapshot.ts';
import { changesInTurns } from '#inventory/snapshot/changes.ts';
import { readWholeList } from '#inventory/snapshot/read-whole-list.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import type { CloudClient } from '../cloud-client.ts';
import type { Scope } from '../transport/scope.ts';
import { accountsToRead } from './accounts-to-read.ts';
import { EdgeReader, mayHaveEdges } from './edge-reader.ts';
import { namedByFindings } from './named-by-findings.ts';

const FINDINGS_DUE_MS = 30 * 60_000;

/**
 * Reads a ScanOrbit organization: accounts, scans, resources and findings by whole pages, then edges, one call per resource. With a
 * former snapshot, only accounts are read again of which a scan ended since, or whose reading is old; findings, which people change
 * at any time, with them or once they are old. Where nothing is due, the former snapshot stands. What another key has read of the same
 * accounts is gone on with as if this one had.
 */
export const buildCloudSnapshot = (client: CloudClient): BuildSnapshot<CloudSnapshot> => {
  const edgeReader = new EdgeReader(client);
  /** What the last reading had come to when it failed: the next goes on from there. */
  let begun: CloudSnapshot | null = null;
  return async ({ former: complete, other, progress, signal, clock, show }) => {
    const scope = indexScopes(client.source, { signal, clock }, false);
    progress.plan(2);
    const listed = await client.accounts(scope()).finally(() => progress.did());
    const scans = await client.recentScans(scope()).finally(() => progress.did());
    const readAt = new Date(clock.now()).toISOString();
    const taken = other && haveSameAccounts(other.accounts, listed) ? other : null;
    const former = complete ?? begun ?? taken;
    const { changed, aged } = accountsToRead(former, listed, scans, Date.parse(readAt));
    const accounts = former && changed.size > 0 ? await asScanned(client, listed, scope()) : listed;
    // Which account has the missing rows is not known.
    const isShort = former !== null && former.missing.resources > 0;
    const toRead = accounts.map(({ id }) => id).filter((id) => isShort || changed.has(id) || aged.has(id));
    const isSame = former !== null && toRead.length === 0 && former.accounts.length === accounts.length;
    const areFindingsDue =
      !former ||
      changed.size > 0 ||
      former.missing.findings > 0 ||
      Date.parse(readAt) - Date.parse(former.findingsReadAt) >= FINDINGS_DUE_MS;
    const isWhole = isSame && former.edgesComplete && accounts.length > 0 && !areFindingsDue;
    if (isWhole && former.unreadEdges.length === 0) return former;

    const kept = accounts.filter(({ id }) => !toRead.includes(id)).map(({ id }) => id);
    const resources = new Map<string, ResourceModel>();
    for (const [id, row] of former?.resources ?? []) if (kept.includes(row.accountId)) resources.set(id, row);
    // A snapshot says when its parts were read: what is read again must not come from an answer of before.
    const again = (): Scope => ({ ...scope(), bypassCache: former !== null });
    const missing = { resources: 0, findings: former?.missing.findings ?? 0 };
    const lists = !former || kept.length === 0 ? [{}] : toRead.map((accountId) => ({ accountId }));
    for (const query of lists) {
      const read = () => client.resourceList(query, again());
      const list = await readWholeList(progress, read);
      missing.resources += list.missing;
      for (const row of list.rows) resources.set(row.id, row);
    }

    const readFindings = async (): Promise<CloudSnapshot['findings']> => {
      const list = await readWholeList(progress, () => client.findingList({}, again()));
      missing.findings = list.missing;
      return new Map(list.rows.map((row) => [row.id, row]));
    };
    const findings = areFindingsDue ? await readFindings() : former.findings;
    const findingsReadAt = areFindingsDue ? new Date(clock.now()).toISOString() : former.findingsReadAt;
    if (missing.resources > 0) {
      for (const row of await namedByFindings(client, findings.values(), resources, progress, scope)) {
        resources.set(row.id, row);
        if (!kept.includes(row.accountId)) missing.resources = Math.max(0, missing.resources - 1);
      }
    }
    const edges = new Map<string, readonly ResourceEdge[]>();
    for (const [id, of] of former?.edges ?? []) {
      const row = resources.get(id);
      if (row && !changed.has(row.accountId)) edges.set(id, of);
    }
    const changes = former
      ? await changesInTurns(RESOURCE_FACTS, { ...former, rows: former.resources }, { readAt, rows: resources })
      : [];
    const accountReadAt = new Map(
      accounts.map(({ id }) => [id, (kept.includes(id) && former?.accountReadAt.get(id)) || readAt]),
    );
    const unasked = [...resources.values()].filter((resource) => mayHaveEdges(resource) && !edges.has(resource.id));
    const snapshot = (edgesComplete: boolean): CloudSnapshot => ({
      side: 'CLOUD',
      source: client.source,
      readAt,
      accounts,
      accountReadAt,
      scans,
      resources,
      findings,
      findingsReadAt,
      edges: new Map(edges),
      edgesComplete,
      unreadEdges: edgesComplete ? unasked.filter(({ id }) => !edges.has(id)).map(({ id }) => id) : [],
      missing,
      changes,
    });
    if (unasked.length > 0 && !isWhole) show(snapshot(false));
    const known = edges.size;
    try {
      await edgeReader.read(edgeReader.toAsk(unasked, former?.unreadEdges ?? []), edges, progress, scope);
    } catch (error) {
      begun = snapshot(false);
      throw error;
    }
    begun = null;
    return isWhole && edges.size === known ? former : snapshot(true);
  };
};

/** The same accounts, which say when they were scanned last: an answer from before the scan does not. */
const asScanned = async (
  client: CloudClient,
  known: CloudSnapshot['accounts'],
  scope: Scope,
): Promise<CloudSnapshot['accounts']> => {
  const now = new Map((await client.accounts({ ...scope, bypassCache: true })).map((account) => [account.id, account]));
  return known.map((account) => now.get(account.id) ?? account);
};

/** Whether two keys see the same accounts: then what one has read, the other would read. */
const haveSameAccounts = (one: CloudSnapshot['accounts'], other: CloudSnapshot['accounts']): boolean => {
  const ids = (of: CloudSnapshot['accounts']) => of.map(({ id }) => id).toSorted();
  return ids(one).join() === ids(other).join();
};

import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { readingOf, rowsOfSnapshot } from '#history/rows-of-snapshot.ts';
import { snapshotOfRows } from '#history/snapshot-of-rows.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { openTestHistory } from '../../support/history/open-test-history.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

/** What happens between two readings, by numbers that choose among the rows that are there. */
const happening = fc.record({
  dropped: fc.array(fc.nat(), { maxLength: 5 }),
  changed: fc.array(fc.nat(), { maxLength: 5 }),
  moved: fc.array(fc.nat(), { maxLength: 3 }),
  missing: fc.nat(2),
  unread: fc.boolean(),
});
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

const without = <T>(rows: ReadonlyMap<string, T>, numbers: readonly number[]): Map<string, T> => {
  const left = new Map(rows);
  const ids = [...rows.keys()];
  for (const number of numbers) left.delete(ids[number % ids.length] ?? '');
  return left;
};

const eachChosen = <T>(rows: Map<string, T>, numbers: readonly number[], put: (id: string, row: T) => void): void => {
  const ids = [...rows.keys()];
  for (const number of numbers) {
    const id = ids[number % ids.length] ?? '';
    const row = rows.get(id);
    if (row) put(id, row);
  }
};

/** Rows that are gone, changed, and at another place of the list. */
const happened = <T extends object>(
  rows: ReadonlyMap<string, T>,
  { dropped, changed, moved }: Happening,
  change: (row: T, number: number) => T,
): ReadonlyMap<string, T> => {
  const left = without(rows, dropped);
  eachChosen(left, changed, (id, row) => left.set(id, change(row, changed.length)));
  eachChosen(left, moved, (id, row) => {
    left.delete(id);
    left.set(id, row);
  });
  return left;
};

const laterCloud = (cloud: CloudSnapshot, readAt: string, what: Happening): CloudSnapshot => {
  const resources = happened(cloud.resources, what, (row, n) => ({ ...row, state: `state ${n}`, lastSeenAt: readAt }));
  const edges = new Map([...cloud.edges].filter(([id]) => resources.has(id)));
  const unread = what.unread ? [...edges.keys()].slice(0, 2) : [];
  for (const id of unread) edges.delete(id);
  return {
    ...cloud,
    ...{ readAt, findingsReadAt: readAt, resources, edges, unreadEdges: unread },
    accountReadAt: new Map(cloud.accounts.map(({ id }, i) => [id, i === 0 ? readAt : cloud.readAt])),
    accounts: cloud.accounts.map((account) => ({ ...account, lastScanAt: readAt })),
    scans: cloud.scans.slice(what.dropped.length),
    findings: happened(cloud.findings, what, (row, n) => ({ ...row, detectionCount: n, status: 'RESOLVED' })),
    missing: { resources: what.missing, findings: 0 },
  };
};

const laterNetwork = (network: NetworkSnapshot, readAt: string, what: Happening): NetworkSnapshot => ({
  ...network,
  readAt,
  hosts: happened(network.hosts, what, (host, n) => ({
    ...host,
    ...{ hostname: `host ${n}`, updatedAt: readAt, services: host.services.slice(1).toReversed() },
  })),
  tags: network.tags.toReversed(),
  missing: { hosts: 0, others: what.missing },
});

/** As it may be told apart: a row that an edge names is the row itself, where it was read. */
const shown = (snapshot: Snapshot | null): unknown => {
  if (snapshot?.side !== 'CLOUD') return snapshot && { ...snapshot, changes: [], hosts: [...snapshot.hosts] };
  const { resources, edges } = snapshot;
  const named = [...edges].map(([id, of]) => [
    id,
    of.map((edge) => ({ ...edge, resource: resources.get(edge.resource?.id ?? '')?.id ?? null })),
  ]);
  return { ...snapshot, changes: [], resources: [...resources], findings: [...snapshot.findings], edges: named };
};

it('every reading is given back as it was, with the order of its rows, whatever was read after it', async () => {
  const harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{ version: '0.17.22' }] });
  onTestFinished(() => harness.close());
  const { cloud, network } = harness.gateway.sources.all.inventory.read();
  const [first, second] = [cloud[0], network[0]];
  if (!first || !second) throw new Error('Expected a snapshot of either side.');
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 4 }), async (happenings) => {
      const { store, close } = await openTestHistory();
      const readings: Snapshot[][] = [[first, second]];
      let [lastCloud, lastNetwork] = [first, second];
      const begin = Date.parse(first.readAt);
      for (const [i, what] of happenings.entries()) {
        const readAt = new Date(begin + (i + 1) * 3_600_000).toISOString();
        lastCloud = laterCloud(lastCloud, readAt, what);
        lastNetwork = laterNetwork(lastNetwork, readAt, what);
        readings.push([lastCloud, lastNetwork]);
      }
      for (const snapshot of readings.flat())
        await store.append(readingOf(snapshot, snapshot.source, 0), rowsOfSnapshot(snapshot));
      for (const snapshot of readings.flat()) {
        const source = { name: snapshot.source, identity: snapshot.source };
        const state = await store.at(source, readingOf(snapshot, source.identity, 0).at);
        expect(shown(state && (await snapshotOfRows(state)))).toEqual(shown(snapshot));
      }
      await close();
    }),
    { numRuns: 12 },
  );
});

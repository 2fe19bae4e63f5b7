import fc from 'fast-check';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { CorrelationConfig } from '#inventory/correlation/correlation-input.ts';
import { emptyCloudSnapshot, emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { account } from '../../../support/records.ts';
import { putMatchingHost, putMatchingResource, worldOfMatches } from './matching-rows.ts';
import { type PutCloudHead, type PutNetworkHead, putCloudHead, putNetworkHead, tagNamed } from './random-heads.ts';
import {
  AT,
  alter,
  CLOUDS,
  drop,
  dropPart,
  instances,
  NETWORKS,
  one,
  operatorTags,
  putHost,
  putResource,
  type RowChange,
  rescan,
} from './random-rows.ts';

export type Change = RowChange | PutCloudHead | PutNetworkHead;

/** What happens between two snapshots. */
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: putResource },
    { weight: 6, arbitrary: putHost },
    { weight: 6, arbitrary: putMatchingResource },
    { weight: 4, arbitrary: putMatchingHost },
    { weight: 4, arbitrary: drop },
    { weight: 2, arbitrary: rescan },
    { weight: 1, arbitrary: dropPart },
    { weight: 2, arbitrary: putCloudHead },
    { weight: 2, arbitrary: putNetworkHead },
  ),
  { minLength: 1, maxLength: 12 },
);

/** What happens, and then is read: some source may be missing, or be read in part. */
export const steps = fc.array(
  fc.record({
    happened: changes,
    missing: fc.option(one<string>(...CLOUDS, ...NETWORKS), { freq: 4 }),
    gap: fc.option(one<string>(...CLOUDS, ...NETWORKS), { freq: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const readWhole = (happened: fc.Arbitrary<readonly Change[]>) =>
  happened.map((of) => ({ happened: of, missing: null, gap: null }));

/** Hosts that mostly stay as they are, while resources that may be theirs come, change, move and go. */
export const cloudSteps = fc
  .tuple(
    readWhole(fc.array(fc.oneof(putMatchingHost, putMatchingResource), { minLength: 4, maxLength: 16 })),
    fc.array(
      readWhole(
        fc.array(
          fc.oneof(
            { weight: 15, arbitrary: putMatchingResource },
            { weight: 10, arbitrary: alter },
            { weight: 5, arbitrary: drop },
            { weight: 3, arbitrary: rescan },
            { weight: 1, arbitrary: dropPart },
            { weight: 1, arbitrary: putMatchingHost },
          ),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      { minLength: 3, maxLength: 12 },
    ),
  )
  .map(
    ([{ happened, ...first }, others]): ReadingSteps => [
      { ...first, happened: [...worldOfMatches, ...happened] },
      ...others,
    ],
  );

export type ReadingSteps = typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never;

/** What operators say in the configuration. */
export const rules: fc.Arbitrary<Partial<CorrelationConfig>> = fc.constantFrom(
  {},
  {
    links: [{ host: 'h-1', resource: 'orders' }],
    denials: [
      { host: 'h-2', resource: instances[0] ?? '' },
      { host: 'h-0', resource: 'r-0' },
    ],
  },
  { vpcsOfNetwork: { 'network-1': ['vpc-0aaaaaaaaaaaaaaa1'] }, addressTags: ['owner'], genericNames: ['checkout'] },
);

const emptyCloud = (source: string): CloudSnapshot => ({
  ...emptyCloudSnapshot(source, AT),
  accounts: [{ ...account('account-1', '111111111111'), source }],
  edgesComplete: true,
});

const emptyNetwork = (source: string): NetworkSnapshot => ({
  ...emptyNetworkSnapshot(source, AT),
  tags: operatorTags.map((name) => tagNamed(source, name, name)),
});

export const emptyWorld = (): readonly Snapshot[] => [...CLOUDS.map(emptyCloud), ...NETWORKS.map(emptyNetwork)];

/** The snapshots afterwards. Those of sources in which nothing happened, and rows to which nothing happened, are the same objects. */
export const changed = (world: readonly Snapshot[], happened: readonly Change[]): readonly Snapshot[] =>
  world.map((snapshot) => {
    const here = happened.filter(({ source }) => source === snapshot.source);
    if (here.length === 0) return snapshot;
    return snapshot.side === 'CLOUD' ? changedCloud(snapshot, here) : changedNetwork(snapshot, here);
  });

const isEdges = (to: object | readonly ResourceEdge[]): to is readonly ResourceEdge[] => Array.isArray(to);

const changedCloud = (snapshot: CloudSnapshot, happened: readonly Change[]): CloudSnapshot => {
  const resources = new Map(snapshot.resources);
  const edges = new Map(snapshot.edges);
  let head: Partial<CloudSnapshot> = {};
  for (const change of happened) {
    if (change.kind === 'PUT_RESOURCE') {
      resources.set(change.row.id, change.row);
      edges.set(change.row.id, change.edges);
    } else if (change.kind === 'DROP') {
      resources.delete(change.id);
      edges.delete(change.id);
    } else if (change.kind === 'DROP_PART') {
      for (const { id: of } of [...snapshot.resources.values()].filter(({ accountId }) => accountId === change.part)) {
        resources.delete(of);
        edges.delete(of);
      }
    } else if (change.kind === 'RESCAN') {
      for (const row of [...resources.values()].filter(({ accountId }) => accountId === change.part)) {
        resources.set(row.id, { ...row, lastSeenAt: change.seenAt });
        edges.set(
          row.id,
          (edges.get(row.id) ?? []).map((edge) => ({ ...edge })),
        );
      }
    } else if (change.kind === 'ALTER') {
      const row = resources.get(change.id);
      if (row && isEdges(change.to)) edges.set(row.id, change.to);
      else if (row) resources.set(row.id, { ...row, ...change.to });
    } else if (change.kind === 'PUT_CLOUD_HEAD') head = change.head;
  }
  return { ...snapshot, ...head, resources, edges };
};

const changedNetwork = (snapshot: NetworkSnapshot, happened: readonly Change[]): NetworkSnapshot => {
  const hosts = new Map(snapshot.hosts);
  let head: Partial<NetworkSnapshot> = {};
  for (const change of happened) {
    if (change.kind === 'PUT_HOST') hosts.set(change.row.id, change.row);
    else if (change.kind === 'DROP') hosts.delete(change.id);
    else if (change.kind === 'DROP_PART') {
      for (const { id: of } of [...snapshot.hosts.values()].filter(({ networkId }) => networkId === change.part))
        hosts.delete(of);
    } else if (change.kind === 'PUT_NETWORK_HEAD') head = change.head;
  }
  return { ...snapshot, ...head, hosts };
};

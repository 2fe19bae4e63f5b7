import type { Known } from '#graphql/pricing/estimate.ts';
import type { SizedList } from '#graphql/pricing/price.ts';
import type { InventoryKeeper } from '#inventory/inventory-keeper.ts';
import { type CloudSnapshot, missingRows } from '#inventory/snapshot/snapshot.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { PerSide } from '#lib/source-side.ts';
import type { RequestContext } from '#loading/context.ts';
import { currentSnapshot, hasIndexedFindings } from '#loading/once-per-source.ts';
import { findingsToCount, hostsToCount, resourcesToCount, servicesToCount } from '#loading/snapshot-to-count.ts';
import { COUNT_QUESTIONS, type CountQuestion } from '#sources/cloud-client.ts';
import { pagingOf } from '#sources/paging.ts';
import type { CloudSource, Source, SourceSet } from '#sources/source-set.ts';

const LISTS: PerSide<readonly SizedList[]> = {
  CLOUD: ['resources', 'findings'],
  NETWORK: ['hosts', 'services'],
};
export const EVERY_LIST: readonly SizedList[] = [...LISTS.CLOUD, ...LISTS.NETWORK];
const ofKind = (sources: SourceSet, list: SizedList): readonly Source[] =>
  LISTS.CLOUD.includes(list) ? sources.cloud : sources.network;

type SizesOf<T> = Partial<Record<SizedList, T>>;

/** Rows of a list as the source last counted them, or as the index holds them: after a restart it knows before any list was read. */
const sizeIn = ({ client, index }: Source, list: SizedList): number | undefined =>
  (client.sizes() as SizesOf<number>)[list] ?? (index?.snapshot() as SizesOf<{ size: number }> | null)?.[list]?.size;

/** Added up over the sources; undefined while one of them was never seen. */
const sizeOf = (sources: SourceSet, list: SizedList): number | undefined => {
  const sizes = ofKind(sources, list).map((source) => sizeIn(source, list));
  return sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
};

type Snapshots = readonly (CloudSnapshot | null)[];

/** What few prices ask for is looked up when one does. */
const statsWith = (context: RequestContext, snapshots: Snapshots): Known => {
  const { sources } = context;
  return {
    sources: { CLOUD: sources.cloud.length, NETWORK: sources.network.length },
    paging: pagingOf(sources.all.map(({ kind }) => kind)),
    sizes: Object.fromEntries(
      EVERY_LIST.flatMap((list) => {
        const size = sizeOf(sources, list);
        return size === undefined ? [] : [[list, size] as const];
      }),
    ),
    fromIndex: sources.all.every(isIndexed),
    holds: (vertex) => (sources.inventory.derivedNow() ?? sources.inventory.read()).holds(vertex),
    filtersSeverities: sources.cloud.every(({ client }) => client.mayFilterSeverities()),
    lookup: (terms) => lookupIn(sources.inventory, terms),
    indexed: {
      resources: snapshots.every((snapshot) => snapshot !== null),
      edges: snapshots.every((snapshot) => snapshot?.edgesComplete && snapshot.unreadEdges.length === 0),
      get findings() {
        return sources.cloud.every((source) => hasIndexedFindings(context, source));
      },
    },
    counted: countedIn(context),
    statistics: { has: (question) => isCountedExactly(sources, question) },
  };
};

const isCountedExactly = ({ cloud }: SourceSet, question: CountQuestion): boolean =>
  cloud.every(({ client }) => client.peekExactCounts(question) !== null);

const countedIn = (context: RequestContext): Known['counted'] => {
  const { cloud, network } = context.sources;
  const everyOf = <S>(of: readonly S[], held: (context: RequestContext, source: S) => unknown): boolean =>
    of.every((source) => held(context, source) !== null);
  return {
    get resources() {
      return everyOf(cloud, resourcesToCount);
    },
    get findings() {
      return everyOf(cloud, findingsToCount);
    },
    get hosts() {
      return everyOf(network, hostsToCount);
    },
    get services() {
      return everyOf(network, servicesToCount);
    },
  };
};

const lookupIn = (inventory: InventoryKeeper, terms: readonly string[]): readonly RecordRef[] | null => {
  if (inventory.read().unreadSide !== null) return null;
  const derived = inventory.derivedNow();
  return derived && terms.flatMap((term) => derived.aliases.lookup(term).map(({ owner }) => owner));
};

const isIndexed = ({ index }: Source): boolean => {
  const snapshot = index?.snapshot();
  if (snapshot && missingRows(snapshot) > 0) return false;
  return snapshot?.side === 'CLOUD' ? snapshot.edgesComplete : snapshot?.side === 'NETWORK';
};

/**
 * The snapshot from which the whole operation will be answered; null where it will send requests. Whether the snapshot is current
 * depends on the newest scans. As long as those are cached this costs no request; if they are not, the result is `fallback`.
 */
const decided = async (
  context: RequestContext,
  source: CloudSource,
  fallback: CloudSnapshot | null,
): Promise<CloudSnapshot | null> => {
  const isFree = context.scope.bypassCache || !source.index?.snapshot() || source.client.peekRecentScans();
  return isFree ? currentSnapshot(context, source) : fallback;
};

/** What is known without sending a request. The index counts only where it is certain that it will answer. */
export const currentStats = async (context: RequestContext): Promise<Known> => {
  const snapshots = context.sources.cloud.map((source) => decided(context, source, null));
  return statsWith(context, await Promise.all(snapshots));
};

/**
 * The best case for everything that is not known: lists that were never read are empty, every index is current, and all statistics are
 * exact.
 */
export const bestCaseStats = async (context: RequestContext): Promise<Known> => {
  const snapshots = context.sources.cloud.map((source) => decided(context, source, source.index?.snapshot() ?? null));
  return atBest(statsWith(context, await Promise.all(snapshots)));
};

const atBest = (known: Known): Known => ({ ...withEmptyLists(known), statistics: new Set(COUNT_QUESTIONS) });

const withEmptyLists = (known: Known): Known => ({
  ...known,
  sizes: { ...Object.fromEntries(EVERY_LIST.map((list) => [list, 0])), ...known.sizes },
});

/**
 * What is known after sending a few requests: for the newest scans and the statistics, which the operation needs anyway, and for the
 * first page of each of the lists that matter and were never read, which then is in the cache for the next reader. What cannot be read
 * stays unknown.
 */
export const learnStats = async (context: RequestContext, matters: Matters): Promise<Known> => {
  const snapshots = await Promise.all(context.sources.cloud.map((source) => currentSnapshot(context, source)));
  await readStatistics(context, matters.statistics(atBest(statsWith(context, snapshots))));
  await readFirstPages(context, matters.lists(withEmptyLists(statsWith(context, snapshots))));
  return statsWith(context, snapshots);
};

/** What changes the estimate, at best. */
interface Matters {
  readonly lists: (bestCase: Known) => readonly SizedList[];
  readonly statistics: (bestCase: Known) => readonly CountQuestion[];
}

const readStatistics = async (
  { sources, scope }: RequestContext,
  questions: readonly CountQuestion[],
): Promise<void> => {
  const reads = questions.flatMap((question) => sources.cloud.map(({ client }) => client.exactCounts(question, scope)));
  await Promise.allSettled(reads);
};

const readFirstPages = async ({ sources, scope }: RequestContext, lists: readonly SizedList[]): Promise<void> => {
  const unseen = <S extends Source>(of: readonly S[], list: SizedList): S[] =>
    of.filter((source) => sizeIn(source, list) === undefined);
  const reads: Promise<unknown>[] = [];
  const read = <S extends Source>(of: readonly S[], list: SizedList, ask: (source: S) => Promise<unknown>): void => {
    if (lists.includes(list)) reads.push(...unseen(of, list).map(ask));
  };
  read(sources.cloud, 'resources', ({ client }) => client.resourcePage({}, 0, scope));
  read(sources.cloud, 'findings', ({ client }) => client.findingPage({}, 0, scope));
  read(sources.network, 'hosts', ({ client, kind }) => client.hostList({}, scope).read(firstOf(kind), false));
  read(sources.network, 'services', ({ client, kind }) => client.serviceList({}, scope).read(firstOf(kind), false));
  await Promise.allSettled(reads);
};

const firstOf = ({ limits }: Source['kind']) => ({ offset: 0, limit: limits.pageSize });

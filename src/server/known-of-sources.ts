import type { Known } from '#graphql/pricing/estimate.ts';
import type { SizedList } from '#graphql/pricing/price.ts';
import type { PerSide } from '#lib/source-side.ts';
import type { RequestContext } from '#loading/context.ts';
import { currentPicture } from '#loading/current-picture.ts';
import { pagingOf } from '#sources/paging.ts';
import type { Source, SourceSet } from '#sources/source-set.ts';

const LISTS: PerSide<readonly SizedList[]> = {
  CLOUD: ['resources', 'findings'],
  NETWORK: ['hosts', 'services'],
};
export const EVERY_LIST: readonly SizedList[] = [...LISTS.CLOUD, ...LISTS.NETWORK];
const ofKind = (sources: SourceSet, list: SizedList): readonly Source[] =>
  LISTS.CLOUD.includes(list) ? sources.cloud : sources.network;

const sizeIn = (source: Source, list: SizedList): number | undefined =>
  (source.client.sizes() as Partial<Record<SizedList, number>>)[list];

/** Added up over the sources; undefined while one of them was never seen. */
const sizeOf = (sources: SourceSet, list: SizedList): number | undefined => {
  const sizes = ofKind(sources, list).map((source) => sizeIn(source, list));
  return sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
};

/** What is known of the sources without asking. Whether the index is current is not: that takes a look at the newest scans. */
export const knownOf = (sources: SourceSet): Known => ({
  sources: { CLOUD: sources.cloud.length, NETWORK: sources.network.length },
  paging: pagingOf(sources.all.map(({ kind }) => kind)),
  sizes: Object.fromEntries(
    EVERY_LIST.flatMap((list) => {
      const size = sizeOf(sources, list);
      return size === undefined ? [] : [[list, size] as const];
    }),
  ),
  pictured: sources.all.every(isPictured),
  indexed: { CLOUD: false, NETWORK: false },
});

const isPictured = ({ index }: Source): boolean => {
  const picture = index?.picture();
  return picture?.side === 'CLOUD' ? picture.edgesComplete : picture?.side === 'NETWORK';
};

/** The best that could be learned: lists not seen yet are empty, indexes current. */
export const hopedOf = (sources: SourceSet): Known => {
  const known = knownOf(sources);
  return {
    ...known,
    sizes: { ...Object.fromEntries(EVERY_LIST.map((list) => [list, 0])), ...known.sizes },
    indexed: { CLOUD: sources.cloud.every(isPictured), NETWORK: false },
  };
};

/**
 * The same after looking: whether the indexes are current, and, of these lists that were never seen, at the first page, which whoever reads the
 * list next finds in the cache. What cannot be learned stays unknown.
 */
export const learnOf = async (context: RequestContext, lists: readonly SizedList[]): Promise<Known> => {
  const { sources, scope } = context;
  const indexed = { CLOUD: await areCurrent(context), NETWORK: false };
  const unseen = <S extends Source>(of: readonly S[], list: SizedList): S[] =>
    of.filter((source) => sizeIn(source, list) === undefined);
  const looks: Promise<unknown>[] = [];
  const look = <S extends Source>(of: readonly S[], list: SizedList, ask: (source: S) => Promise<unknown>): void => {
    if (lists.includes(list)) looks.push(...unseen(of, list).map(ask));
  };
  look(sources.cloud, 'resources', ({ client }) => client.resourcePage({}, 0, scope));
  look(sources.cloud, 'findings', ({ client }) => client.findingPage({}, 0, scope));
  look(sources.network, 'hosts', ({ client }) => client.hostPage({}, 0, scope));
  look(sources.network, 'services', ({ client }) => client.servicePage({}, 0, scope));
  await Promise.allSettled(looks);
  return { ...knownOf(sources), indexed };
};

const areCurrent = async (context: RequestContext): Promise<boolean> => {
  const pictures = await Promise.all(context.sources.cloud.map((source) => currentPicture(context, source)));
  return pictures.every((picture) => picture?.edgesComplete);
};

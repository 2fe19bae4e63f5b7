import { type PerSide, perSide } from '#lib/source-side.ts';
import type { LookUp } from './cloud-client.ts';
import type { FindingQuery, ResourceQuery } from './cloud-queries.ts';
import type { ListSupport } from './list-support.ts';
import type { HostQuery, ServiceQuery } from './network-queries.ts';
import type { AnySourceKind, SourceKindLimits } from './source-kind.ts';

interface Queries {
  readonly resources: ResourceQuery;
  readonly findings: FindingQuery;
  readonly hosts: HostQuery;
  readonly services: ServiceQuery;
}

/** What the least capable kind of a side can be asked. */
interface SidePaging extends Pick<SourceKindLimits, 'pageSize' | 'batchSize'> {
  /** Values that are asked for one by one, where a source does not answer a query alone; null where every one does. */
  readonly apart: <L extends keyof Queries>(list: L, query: Queries[L], able?: boolean) => number | null;
  readonly dependsOnSource: <L extends keyof Queries>(list: L, query: Queries[L]) => boolean;
  readonly lookUp: (identifier: string) => LookUp;
}

export type Paging = PerSide<SidePaging>;

type Kind = Pick<AnySourceKind, 'side' | 'limits' | 'supports'>;

/** Of the least capable kind of each side, which is what an estimate has to assume. */
export const pagingOf = (kinds: readonly Kind[]): Paging =>
  perSide((side) => {
    const own = kinds.filter((kind) => kind.side === side);
    return {
      pageSize: Math.min(...own.map(({ limits }) => limits.pageSize)),
      batchSize: Math.min(...own.map(({ limits }) => limits.batchSize)),
      apart: (list, query, able) => {
        const calls = supportOf(own, list).map((support) => fanOutCalls(support, query, able));
        return calls.every((of) => of === null) ? null : Math.max(...calls.map((of) => of ?? 0));
      },
      dependsOnSource: (list, query) => supportOf(own, list).some((support) => support.dependsOnSource(query)),
      lookUp: (identifier) => lookUpOf(own, identifier),
    };
  });

const supportOf = <L extends keyof Queries>(
  kinds: readonly Kind[],
  list: L,
): readonly ListSupport<never, Queries[L]>[] =>
  kinds.flatMap(({ supports }) => {
    const support = (supports as Partial<{ [K in keyof Queries]: ListSupport<never, Queries[K]> }>)[list];
    return support ? [support] : [];
  });

const fanOutCalls = <Q>(
  { pushdown, assumesAble }: ListSupport<never, Q>,
  query: Q,
  able = assumesAble,
): number | null => {
  const { parts, complete } = pushdown(query, able);
  return complete && parts.length === 0 ? null : parts.length;
};

const lookUpOf = (kinds: readonly Kind[], identifier: string): LookUp => {
  const ways = kinds.flatMap(({ supports }) => ('lookUp' in supports ? [supports.lookUp(identifier)] : []));
  if (ways.includes('LIST')) return 'LIST';
  return ways.includes('CALL') ? 'CALL' : 'NONE';
};

import { type PerSide, perSide } from '#lib/source-side.ts';
import type { AnySourceKind, SourceKindLimits } from './source-kind.ts';

export type Paging = PerSide<Pick<SourceKindLimits, 'pageSize' | 'batchSize'>>;

/** Of the least capable kind of each side, which is what an estimate has to assume. */
export const pagingOf = (kinds: readonly Pick<AnySourceKind, 'side' | 'limits'>[]): Paging =>
  perSide((side) => {
    const limits = kinds.filter((kind) => kind.side === side).map((kind) => kind.limits);
    return {
      pageSize: Math.min(...limits.map(({ pageSize }) => pageSize)),
      batchSize: Math.min(...limits.map(({ batchSize }) => batchSize)),
    };
  });

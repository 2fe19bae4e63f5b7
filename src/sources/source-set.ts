import type { SourceHistory } from '#history/source-history.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import { InventoryKeeper } from '#inventory/inventory-keeper.ts';
import type { SourceIndex } from '#inventory/snapshot/source-index.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { SideTypes, SourceKind } from './source-kind.ts';

export interface SourceOf<S extends SourceSide> {
  readonly side: S;
  readonly kind: SourceKind<S>;
  /** As the configuration names it; unique. */
  readonly name: string;
  /** Of source and credential, the same in every process. */
  readonly identity: string;
  readonly client: SideTypes[S]['client'];
  /** Keeps a source open that is closed when nobody uses it: to be called every minute by a use that is no request. */
  readonly keepOpen?: () => void;
  /** Null: the index is off, or the caller brought the key. */
  readonly index: SourceIndex<SideTypes[S]['snapshot']> | null;
}

export type CloudSource = SourceOf<'CLOUD'>;
export type NetworkSource = SourceOf<'NETWORK'>;
export type Source = CloudSource | NetworkSource;

/** The sources one viewer may read, in configuration order. A source that is not in here does not exist for the viewer. */
export class SourceSet {
  readonly all: readonly Source[];
  readonly cloud: readonly CloudSource[];
  readonly network: readonly NetworkSource[];
  /** Everything these sources hold, as their indexes have read it. */
  readonly inventory: InventoryKeeper;
  /** What was; null where it is not kept. */
  readonly history: SourceHistory | null;

  constructor(sources: readonly Source[], deriver = new Deriver(), history: SourceHistory | null = null) {
    this.history = history;
    this.all = sources;
    this.inventory = new InventoryKeeper(sources, deriver);
    this.cloud = sources.filter((source) => source.side === 'CLOUD');
    this.network = sources.filter((source) => source.side === 'NETWORK');
  }

  byName(name: string): Source | undefined {
    return this.all.find((source) => source.name === name);
  }

  /** @throws Error when the viewer has no such source of this side: then its record should not have been here. */
  ofSide<S extends SourceSide>(side: S, name: string): SourceOf<S> {
    const source = this.byName(name);
    if (source && isOfSide(side, source)) return source;
    throw new Error(`The source "${name}" is no ${side.toLowerCase()} source of this viewer.`);
  }
}

const isOfSide = <S extends SourceSide>(side: S, source: Source): source is Source & SourceOf<S> =>
  source.side === side;

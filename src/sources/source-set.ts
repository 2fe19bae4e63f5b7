import type { PastReading, ReadingPart } from '#history/history-store.ts';
import type { SourceHistory } from '#history/source-history.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import { InventoryKeeper } from '#inventory/inventory-keeper.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { SourceIndex } from '#inventory/snapshot/source-index.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { SideTypes, SourceKind } from './source-kind.ts';

/** The index of a source, as its users see it. */
export type IndexOf<P extends Snapshot> = Pick<
  SourceIndex<P>,
  'start' | 'snapshot' | 'handOver' | 'refresh' | 'status' | 'stop'
>;

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
  readonly index: IndexOf<SideTypes[S]['snapshot']> | null;
}

export type CloudSource = SourceOf<'CLOUD'>;
export type NetworkSource = SourceOf<'NETWORK'>;
export type Source = CloudSource | NetworkSource;

/** What sources held at other moments. */
export interface PastOfSources {
  at(sources: readonly Source[], history: SourceHistory, time: number): Promise<PastAnswer>;
}

export interface PastAnswer {
  readonly moment: PastMoment;
  /** Nothing that is added to the history can change it. */
  readonly isFinal: boolean;
}

/** A reading, with the moments at which its parts were last read. */
export type ReadingOfMoment = Omit<PastReading, 'parts'> & { readonly parts: readonly ReadingPart[] };

export interface PastMoment {
  readonly sources: SourceSet;
  /** The last reading of each source before the moment; sources that were first read later have none. */
  readonly readings: readonly ReadingOfMoment[];
  /** Epoch milliseconds: when that was read of it that was read first. */
  readonly readAt: number;
}

/** The sources one viewer may read, in configuration order. A source that is not in here does not exist for the viewer. */
export class SourceSet {
  readonly all: readonly Source[];
  readonly cloud: readonly CloudSource[];
  readonly network: readonly NetworkSource[];
  /** Everything these sources hold, as their indexes have read it. */
  readonly inventory: InventoryKeeper;
  /** What was; null where it is not kept. */
  readonly history: SourceHistory | null;
  readonly #past: PastOfSources | null;

  constructor(
    sources: readonly Source[],
    deriver = new Deriver(),
    history: SourceHistory | null = null,
    past: PastOfSources | null = null,
  ) {
    this.history = history;
    this.#past = past;
    this.all = sources;
    this.inventory = new InventoryKeeper(sources, deriver);
    this.cloud = sources.filter((source) => source.side === 'CLOUD');
    this.network = sources.filter((source) => source.side === 'NETWORK');
  }

  /** @throws GatewayError HISTORY_UNAVAILABLE where there is none */
  get keptHistory(): SourceHistory {
    if (this.history) return this.history;
    throw noHistory();
  }

  /** The same sources as they were known at a moment. @throws GatewayError HISTORY_UNAVAILABLE where nothing is known of it */
  async at(time: number): Promise<PastAnswer> {
    if (!this.#past) throw noHistory();
    return this.#past.at(this.all, this.keptHistory, time);
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

const noHistory = () =>
  new GatewayError(
    'HISTORY_UNAVAILABLE',
    'Expected a history of these sources, got none: this gateway keeps none of them.',
  );

const isOfSide = <S extends SourceSide>(side: S, source: Source): source is Source & SourceOf<S> =>
  source.side === side;

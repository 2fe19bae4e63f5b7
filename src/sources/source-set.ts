import type { CorrelationConfig } from '#inventory/correlation/correlation-config.ts';
import { InventoryKeeper } from '#inventory/inventory-keeper.ts';
import type { CloudPicture, NetworkPicture } from '#inventory/snapshot/picture.ts';
import type { SourceIndex } from '#inventory/snapshot/source-index.ts';
import type { ScanopyClient } from './scanopy/client.ts';
import type { ScanOrbitClient } from './scanorbit/client.ts';

export type SourceKind = 'SCANORBIT' | 'SCANOPY';

export interface ScanOrbitSource {
  readonly kind: 'SCANORBIT';
  readonly name: string;
  /** Of source and credential, wherever processes meet. */
  readonly identity: string;
  readonly client: ScanOrbitClient;
  /** Keeps a source open that is closed when nobody uses it: to be called every minute by a use that is no request. */
  readonly keepOpen?: () => void;
  /** Null: the index is off, or the caller brought the key. */
  readonly index: SourceIndex<CloudPicture> | null;
}

export interface ScanopySource {
  readonly kind: 'SCANOPY';
  readonly name: string;
  readonly identity: string;
  readonly client: ScanopyClient;
  readonly keepOpen?: () => void;
  readonly index: SourceIndex<NetworkPicture> | null;
}

export type Source = ScanOrbitSource | ScanopySource;

/** The sources one viewer may read, in configuration order. A source that is not in here does not exist for the viewer. */
export class SourceSet {
  readonly all: readonly Source[];
  readonly scanorbit: readonly ScanOrbitSource[];
  readonly scanopy: readonly ScanopySource[];
  /** Everything these sources hold, as their indexes have read it. */
  readonly inventory: InventoryKeeper;

  constructor(sources: readonly Source[], rules: Partial<CorrelationConfig> = {}) {
    this.all = sources;
    this.inventory = new InventoryKeeper(sources, rules);
    this.scanorbit = sources.filter((source) => source.kind === 'SCANORBIT');
    this.scanopy = sources.filter((source) => source.kind === 'SCANOPY');
  }

  byName(name: string): Source | undefined {
    return this.all.find((source) => source.name === name);
  }
}

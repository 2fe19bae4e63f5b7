import type { ScanopyClient } from '#upstreams/scanopy/client.ts';
import type { ScanOrbitClient } from '#upstreams/scanorbit/client.ts';

export type SourceKind = 'SCANORBIT' | 'SCANOPY';

export interface ScanOrbitSource {
  readonly kind: 'SCANORBIT';
  readonly name: string;
  readonly client: ScanOrbitClient;
}

export interface ScanopySource {
  readonly kind: 'SCANOPY';
  readonly name: string;
  readonly client: ScanopyClient;
}

export type Source = ScanOrbitSource | ScanopySource;

/** The sources one viewer may read, in configuration order. A source that is not in here does not exist for the viewer. */
export class SourceSet {
  readonly all: readonly Source[];
  readonly scanorbit: readonly ScanOrbitSource[];
  readonly scanopy: readonly ScanopySource[];

  constructor(sources: readonly Source[]) {
    this.all = sources;
    this.scanorbit = sources.filter((source) => source.kind === 'SCANORBIT');
    this.scanopy = sources.filter((source) => source.kind === 'SCANOPY');
  }

  byName(name: string): Source | undefined {
    return this.all.find((source) => source.name === name);
  }
}

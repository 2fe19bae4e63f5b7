import type { SourceKindSettings } from '#config/source-options.ts';
import type { BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import type { Corrections } from '#inventory/snapshot/live-resources.ts';
import type { CloudSnapshot, NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { CloudClient, CloudSupport } from './cloud-client.ts';
import type { KeyedSource } from './keyed-source.ts';
import type { NetworkClient, NetworkSupport } from './network-client.ts';
import type { RateLimit } from './transport/budget/allowance.ts';
import type { Scope } from './transport/scope.ts';

/** What a source of each side can be asked, and what the index keeps of it. */
export interface SideTypes {
  readonly CLOUD: { readonly client: CloudClient; readonly snapshot: CloudSnapshot; readonly supports: CloudSupport };
  readonly NETWORK: {
    readonly client: NetworkClient;
    readonly snapshot: NetworkSnapshot;
    readonly supports: NetworkSupport;
  };
}

/** What a server said of itself and of its key when it was tried. */
export interface ProbeAnswer {
  /** Edition or version; null when the server did not say. */
  readonly serverVersion: string | null;
  /** What the key sees, as a sentence for people. */
  readonly visible: string;
  /** Not failures, but what will surprise somebody later. */
  readonly warnings: readonly string[];
}

export interface SourceKindLimits {
  /** What the product grants one credential, unless the configuration says otherwise. */
  readonly rate: RateLimit;
  /** Rows of one page of its long lists. */
  readonly pageSize: number;
  /** Rows of calls that read only the beginning of a list, where rows are heavy; ascending. @default every call is for a whole page */
  readonly smallPages?: readonly number[];
  /** Records that one request by id can name. */
  readonly batchSize: number;
}

/** Everything the gateway knows about one product it can read: one value, in the folder of that product. */
export interface SourceKind<S extends SourceSide = SourceSide> extends SourceKindSettings {
  /** Name of the product, for people. */
  readonly label: string;
  /** What such a source holds, as the schema documents it. */
  readonly description: string;
  readonly side: S;
  readonly limits: SourceKindLimits;
  /** Builds the client; sends nothing yet. */
  readonly open: (source: KeyedSource, limits: SourceKindLimits) => SideTypes[S]['client'];
  /** Which part of a query the upstream answers itself. */
  readonly supports: SideTypes[S]['supports'];
  /** Tries the server and the key with at most five requests. @throws UpstreamError */
  readonly probe: (client: SideTypes[S]['client'], scope: Scope) => Promise<ProbeAnswer>;
  /** Reads everything the source holds, for the index. */
  readonly snapshot: (client: SideTypes[S]['client']) => BuildSnapshot<SideTypes[S]['snapshot']>;
  /** Collects what callers' questions learn of what the snapshot holds. Left out: nothing is. */
  readonly corrections?: (client: SideTypes[S]['client']) => Corrections<SideTypes[S]['snapshot']>;
  /** What the server said it is, as `Source.serverVersion` shows it; null until it answered. Asks nothing. */
  readonly serverVersion: (client: SideTypes[S]['client']) => string | null;
}

export type AnySourceKind = SourceKind<'CLOUD'> | SourceKind<'NETWORK'>;

/** Its value of the enum `SourceKind`. */
export const enumValueOf = ({ name }: Pick<SourceKindSettings, 'name'>): string =>
  name.toUpperCase().replaceAll('-', '_');

export const defineSourceKind = <S extends SourceSide>(kind: SourceKind<S>): SourceKind<S> => Object.freeze(kind);

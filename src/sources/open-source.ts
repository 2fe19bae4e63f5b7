import type { GatewayConfig } from '#config/config.ts';
import { snapshotEncoding, snapshotFile } from '#inventory/snapshot/snapshot-file.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import type { SourceSide } from '#lib/source-side.ts';
import { type KeyedSource, sourceIdentity } from './keyed-source.ts';
import type { AnySourceKind, SideTypes, SourceKind } from './source-kind.ts';
import type { Source, SourceOf } from './source-set.ts';

/** Builds transport and client of one source. Sends nothing yet. @throws Error for a kind that is not among `kinds`. */
export const openSource = (kinds: readonly AnySourceKind[], source: KeyedSource): Source => {
  const kind = kinds.find(({ name }) => name === source.options.kind);
  if (!kind) {
    const known = kinds.map(({ name }) => JSON.stringify(name)).join(', ');
    throw new Error(`Expected the kind of a source to be one of ${known}, got ${JSON.stringify(source.options.kind)}.`);
  }
  return kind.side === 'CLOUD' ? opened(kind, source) : opened(kind, source);
};

const opened = <S extends SourceSide>(kind: SourceKind<S>, source: KeyedSource): SourceOf<S> => ({
  side: kind.side,
  kind,
  name: source.options.name,
  identity: sourceIdentity(source),
  client: kind.open(source, kind.limits),
  index: null,
});

interface IndexInput extends Pick<KeyedSource, 'key' | 'options' | 'deps'> {
  readonly config: GatewayConfig['index'];
  /** The same server as it was opened before, maybe with another key. */
  readonly former: Source | null;
}

/** The source with its index, already reading; without one when the index is off. */
export const indexSource = (source: Source, input: IndexInput): Source => {
  if (!input.config.enabled) return source;
  const { former } = input;
  return source.side === 'CLOUD'
    ? { ...source, index: startIndex(source, input, former?.side === 'CLOUD' ? former : null) }
    : { ...source, index: startIndex(source, input, former?.side === 'NETWORK' ? former : null) };
};

const startIndex = <S extends SourceSide>(
  { identity, kind, client }: SourceOf<S>,
  { options, key, config, deps }: IndexInput,
  former: SourceOf<S> | null,
): SourceIndex<SideTypes[S]['snapshot']> => {
  type Held = SideTypes[S]['snapshot'];
  const { directory, refreshSeconds } = config;
  const build = kind.snapshot(client);
  const { history, watches } = deps;
  const before = former?.index?.handOver();
  const index = new SourceIndex<Held>({
    build: deps.replicas?.build(identity, snapshotEncoding<Held>(identity), build) ?? build,
    file: directory === null ? null : snapshotFile<Held>(directory, options.name, `${options.url} ${key.fingerprint}`),
    refreshMs: refreshSeconds * 1000,
    ...(before && { before: { ...before, isOwn: before.isOwn && former?.identity === identity } }),
    ...(kind.corrections && { corrections: kind.corrections(client) }),
    ...(deps.onIndexFailure && { onFailure: deps.onIndexFailure }),
    onReading: (reading) => {
      history?.note(reading, identity);
      watches?.noteReading(reading);
    },
    ...(watches && { isWatched: () => watches.isWatched(options.name) }),
    ...(deps.clock && { clock: deps.clock }),
  });
  void index.start();
  return index;
};

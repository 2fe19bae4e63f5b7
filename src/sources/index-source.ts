import type { GatewayConfig } from '#config/config.ts';
import { snapshotCodec } from '#inventory/snapshot/snapshot-codec.ts';
import { snapshotFile } from '#inventory/snapshot/snapshot-file.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { KeyedSource } from './keyed-source.ts';
import type { SideTypes } from './source-kind.ts';
import type { Source, SourceOf } from './source-set.ts';

interface IndexInput extends Pick<KeyedSource, 'key' | 'options' | 'deps'> {
  readonly config: GatewayConfig['index'];
}

/** The source with its index, already reading; without one when the index is off. */
export const indexSource = (source: Source, input: IndexInput): Source => {
  if (!input.config.enabled) return source;
  return source.side === 'CLOUD'
    ? { ...source, index: startIndex(source, input) }
    : { ...source, index: startIndex(source, input) };
};

const startIndex = <S extends SourceSide>(
  { identity, kind, client }: SourceOf<S>,
  { options, key, config, deps }: IndexInput,
): SourceIndex<SideTypes[S]['snapshot']> => {
  type Held = SideTypes[S]['snapshot'];
  const { directory, refreshSeconds } = config;
  const build = kind.snapshot(client);
  const index = new SourceIndex<Held>({
    build: deps.replicas?.build(identity, snapshotCodec<Held>(identity), build) ?? build,
    file: directory === null ? null : snapshotFile<Held>(directory, options.name, `${options.url} ${key.fingerprint}`),
    refreshMs: refreshSeconds * 1000,
    ...(kind.corrections && { corrections: kind.corrections(client) }),
    ...(deps.onIndexFailure && { onFailure: deps.onIndexFailure }),
    ...(deps.clock && { clock: deps.clock }),
  });
  index.start();
  return index;
};

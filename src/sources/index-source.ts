import type { GatewayConfig } from '#config/config.ts';
import type { BuildPicture } from '#inventory/snapshot/build-picture.ts';
import type { Picture } from '#inventory/snapshot/picture.ts';
import { pictureCodec } from '#inventory/snapshot/picture-codec.ts';
import { snapshotFile } from '#inventory/snapshot/snapshot-file.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import type { KeyedSource } from './open-source.ts';
import { buildNetworkPicture } from './scanopy/build-network-picture.ts';
import { buildCloudPicture } from './scanorbit/build-cloud-picture.ts';
import type { Source } from './source-set.ts';

interface IndexInput extends Pick<KeyedSource, 'key' | 'options' | 'deps'> {
  readonly config: GatewayConfig['index'];
}

/** The source with its index, already reading; without one when the index is off. */
export const indexSource = (source: Source, input: IndexInput): Source => {
  if (!input.config.enabled) return source;
  return source.kind === 'SCANORBIT'
    ? { ...source, index: startIndex(source.identity, buildCloudPicture(source.client), input) }
    : { ...source, index: startIndex(source.identity, buildNetworkPicture(source.client), input) };
};

const startIndex = <P extends Picture>(
  identity: string,
  build: BuildPicture<P>,
  { options, key, config, deps }: IndexInput,
): SourceIndex<P> => {
  const { directory, refreshSeconds } = config;
  const index = new SourceIndex<P>({
    build: deps.replicas?.build(identity, pictureCodec<P>(identity), build) ?? build,
    file: directory === null ? null : snapshotFile<P>(directory, options.name, `${options.url} ${key.fingerprint}`),
    refreshMs: refreshSeconds * 1000,
    ...(deps.onIndexFailure && { onFailure: deps.onIndexFailure }),
  });
  index.start();
  return index;
};

import type { GatewayConfig } from '#config/config.ts';
import { buildCloudPicture } from '#index/build-cloud-picture.ts';
import { buildNetworkPicture } from '#index/build-network-picture.ts';
import type { BuildPicture } from '#index/build-picture.ts';
import type { Picture } from '#index/picture.ts';
import { pictureCodec } from '#index/picture-codec.ts';
import { snapshotFile } from '#index/snapshot-file.ts';
import { SourceIndex } from '#index/source-index.ts';
import type { KeyedSource } from './open-source.ts';
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

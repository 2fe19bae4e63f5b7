import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { ASSET_VERSION_KINDS, AssetVersionModel } from './model.ts';

export const AssetVersion = builder.objectRef<AssetVersionModel>('AssetVersion');
export const AssetVersionConnection = connectionType('AssetVersion', AssetVersion);

export const AssetVersionKind = builder.enumType('AssetVersionKind', {
  description: 'How a version of an asset began.',
  values: {
    FIRST: { description: 'It was there when its account or network was first read; since when is not known.' },
    ADDED: { description: 'It was not there before.' },
    CHANGED: { description: 'Some of its properties differ from the version before.' },
    REMOVED: { description: 'It is no longer listed.' },
  } satisfies Record<(typeof ASSET_VERSION_KINDS)[number], { description: string }>,
});

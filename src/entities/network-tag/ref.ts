import type { BuilderTypes } from '#graphql/builder.ts';
import { builder } from '#graphql/builder.ts';
import { wholeSet } from '#graphql/pricing/prices.ts';
import { networkTags } from './loaders.ts';
import type { NetworkTagModel } from './model.ts';

export const NetworkTag = builder.objectRef<NetworkTagModel>('NetworkTag');

/** The tags of a record, for every type whose records can be tagged. */
export const tagsField = <Parent extends { readonly source: string; readonly tagIds: readonly string[] }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>,
) =>
  t.field({
    type: [NetworkTag],
    nullable: true,
    description: 'Its tags; tags that were deleted are left out.',
    extensions: { price: wholeSet('NETWORK', 'networkTags') },
    resolve: ({ source, tagIds }, _, context) => networkTags.byIds(context, source, tagIds),
  });

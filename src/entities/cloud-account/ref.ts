import type { BuilderTypes } from '#graphql/builder.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet } from '#graphql/pricing/prices.ts';
import { reference } from '#graphql/relay/reference.ts';
import { accountById } from './loaders.ts';
import type { CloudAccountModel } from './model.ts';

export const CloudAccount = builder.objectRef<CloudAccountModel>('CloudAccount');

/** The account of a record, for every type whose records belong to one. */
export const accountField = <Parent extends { readonly source: string; readonly accountId: string | null }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>,
  description: string,
) =>
  t.field(
    reference(CloudAccount, {
      description,
      price: fromWholeSet('CLOUD', 'accounts'),
      ref: ({ source, accountId }: Parent) => (accountId ? { source, id: accountId } : null),
      load: (context, ref) => accountById(context).load(ref),
    }),
  );

import type { BuilderTypes } from '#graphql/builder.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet } from '#graphql/pricing/prices.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import { reference } from '#graphql/relay/reference.ts';
import { networks } from './loaders.ts';
import type { NetworkModel } from './model.ts';

export const Network = builder.objectRef<NetworkModel>('Network');
export const NetworkConnection = connectionType('Network', Network);

/** The network of a record, for every type whose records belong to one. */
export const networkField = <Parent extends { readonly source: string; readonly networkId: string }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>,
  description: string,
) =>
  t.field(
    reference(Network, {
      description,
      price: fromWholeSet('NETWORK', 'networks'),
      ref: ({ source, networkId }: Parent) => ({ source, id: networkId }),
      load: (context, ref) => networks.byId(context).load(ref),
    }),
  );

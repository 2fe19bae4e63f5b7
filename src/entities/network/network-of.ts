import type { GraphQLResolveInfo } from 'graphql';
import { referenceTo } from '#graphql/relay/reference.ts';
import type { RequestContext } from '#loading/context.ts';
import { networks } from './loaders.ts';
import type { NetworkModel } from './model.ts';
import { NETWORK_REFERENCE_FIELDS } from './ref.ts';

/** The network that a record names; no upstream call when only its identity is selected. */
export const networkOf = (
  { source, networkId }: { readonly source: string; readonly networkId: string },
  context: RequestContext,
  info: GraphQLResolveInfo,
): NetworkModel | Promise<NetworkModel | null> =>
  referenceTo<NetworkModel>({ type: 'Network', source, id: networkId }, info, NETWORK_REFERENCE_FIELDS) ??
  networks.byId(context).load({ source, id: networkId });

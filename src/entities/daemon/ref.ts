import type { BuilderTypes } from '#graphql/builder.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet } from '#graphql/pricing/prices.ts';
import { daemons } from './loaders.ts';
import type { DaemonModel } from './model.ts';

export const Daemon = builder.objectRef<DaemonModel>('Daemon');

/** The scanner of a discovery, or of one session of it. */
export const daemonField = <Parent extends { readonly source: string; readonly daemonId: string }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>,
) =>
  t.field({
    type: Daemon,
    nullable: true,
    description: 'The scanner that does it; null when its record is gone.',
    extensions: { price: fromWholeSet('NETWORK', 'daemons') },
    resolve: ({ source, daemonId }, _, context) => daemons.byId(context).load({ source, id: daemonId }),
  });

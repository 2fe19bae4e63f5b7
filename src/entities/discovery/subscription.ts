import { builder } from '#graphql/builder.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { mergeFeeds } from '#subscriptions/merge-feeds.ts';
import { DiscoverySession } from './ref.ts';

builder.subscriptionField('discoveryUpdated', (t) =>
  t.field({
    type: DiscoverySession,
    description:
      'Every discovery that starts, moves on or ends from now on. One that ends while its source is away is told when the source is back.',
    args: { network: t.arg.id({ description: 'Only discoveries of this network, by its global id.' }) },
    subscribe: (_, { network }, context) => {
      const wanted = network ? decodeGlobalId(network, 'Network') : null;
      const sources = narrowSources(context, context.sources.network, undefined, [wanted]);
      const feeds = sources.map((source) => context.live.discoveries(source));
      return mergeFeeds(feeds, (session) => wanted === null || session.networkId === wanted.id);
    },
    resolve: (session) => session,
  }),
);

import { builder } from '#graphql/builder.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import { mergeFeeds } from '#subscriptions/merge-feeds.ts';
import { Scan } from './ref.ts';

builder.subscriptionField('scanUpdated', (t) =>
  t.field({
    type: Scan,
    description:
      'Every scan that starts, moves on or ends from now on. One that ends while its source is away is told when the source is back.',
    args: { account: t.arg.id({ description: 'Only scans of this account, by its global id.' }) },
    subscribe: (_, { account }, context) => {
      const wanted = account ? decodeGlobalId(account, 'CloudAccount') : null;
      const feeds = cloudSources(context, undefined, [wanted]).map((source) => context.live.scans(source));
      return mergeFeeds(feeds, (scan) => wanted === null || scan.accountId === wanted.id);
    },
    resolve: (scan) => scan,
  }),
);

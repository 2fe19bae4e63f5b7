import { Count } from '#entities/resource/ref.ts';
import { builder } from '#graphql/builder.ts';
import { listPage, perParent } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import { everySource } from '#loading/every-source.ts';
import { findingsApart, findingsFromIndex } from './lists.ts';
import { findingById, findingList, mergedFindingStats } from './loaders.ts';
import type { FindingStatsModel } from './model.ts';
import { STATISTICS, withSeverities } from './price.ts';
import { Finding, FindingConnection, FindingFilter, FindingOrder } from './ref.ts';

const FindingStats = builder.objectRef<FindingStatsModel>('FindingStats').implement({
  description: 'How many findings there are, and of what kinds; most first.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Number of findings in any state.' }),
    byStatus: t.field({
      type: [Count],
      description: "By status, in the upstream's words; all findings.",
      resolve: ({ byStatus }) => [...byStatus],
    }),
    bySeverity: t.field({
      type: [Count],
      description: "By severity, in the upstream's words; self-hosted servers count open findings only.",
      resolve: ({ bySeverity }) => [...bySeverity],
    }),
    byType: t.field({
      type: [Count],
      description: 'By type; self-hosted servers count open findings only.',
      resolve: ({ byType }) => [...byType],
    }),
  }),
});

builder.queryFields((t) => ({
  finding: t.field({
    type: Finding,
    nullable: true,
    description: 'One finding by its global id; null when it is unknown.',
    extensions: { price: perParent('CLOUD', 1) },
    args: { id: t.arg.id({ required: true, description: 'Global id of the finding.' }) },
    resolve: (_, { id }, context) => findingById(context, decodeGlobalId(id, 'Finding')),
  }),
  findings: t.field({
    type: FindingConnection,
    nullable: true,
    description: 'Findings of all sources, in source order; newest first within each source.',
    extensions: { price: withSeverities(listPage('CLOUD', 'findings', findingsApart, findingsFromIndex)) },
    args: {
      ...pageArgs(t),
      filter: t.arg({ type: FindingFilter, description: 'Which findings are wanted.' }),
      orderBy: t.arg({ type: FindingOrder, description: 'Their order.' }),
    },
    resolve: (_, { filter, orderBy, ...page }, context, info) =>
      connect(findingList(context, info, filter, undefined, orderBy), page),
  }),
  findingStats: t.field({
    type: FindingStats,
    nullable: true,
    description: 'Counts of findings. One upstream request per source.',
    extensions: { price: STATISTICS },
    args: { source: t.arg.string({ description: 'Only of this source, by its name; all together when left out.' }) },
    resolve: async (_, { source }, context, info) =>
      mergedFindingStats(
        await everySource(context, info, cloudSources(context, source), async ({ client }) => [
          await client.findingStats(context.scope),
        ]),
      ),
  }),
}));

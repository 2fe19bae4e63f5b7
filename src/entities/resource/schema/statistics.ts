import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { RECENT_SCANS, together, wholeSet } from '#graphql/pricing/prices.ts';
import { everySource, narrowSources } from '#loading/several-sources.ts';
import { mergedStats, type ResourceStatsModel } from '../model.ts';
import { Count } from '../ref.ts';

const ResourceStats = builder.objectRef<ResourceStatsModel>('ResourceStats').implement({
  description: 'How many resources there are, and of what kinds; most first.',
  extensions: { side: 'CLOUD' },
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Number of resources.' }),
    byService: t.expose('byService', { type: [Count], description: 'By service.' }),
    byRegion: t.expose('byRegion', { type: [Count], description: 'By region; `unknown` counts those without one.' }),
    byState: t.expose('byState', {
      type: [Count],
      description: 'By state; `unknown` counts those without one, and an empty key those whose state is empty.',
    }),
  }),
});

const SOURCE_ARGUMENT = 'Only of this source, by its name; all sources together when left out.';

const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

export const resourceStatistics = defineFields({
  queriesOfNow: (t) => ({
    resourceStats: t.field({
      type: ResourceStats,
      nullable: true,
      description: 'Counts of AWS resources. One upstream request per source.',
      extensions: { price: together(wholeSet('CLOUD', 'resource statistics'), RECENT_SCANS) },
      args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
      resolve: async (_, { source }, context, info) =>
        mergedStats(
          await everySource(
            context,
            info,
            narrowSources(context, context.sources.cloud, source),
            async ({ client }) => [await client.resourceStats(context.scope)],
          ),
        ),
    }),
  }),
  queries: (t) => ({
    resourceRegions: t.stringList({
      nullable: true,
      description:
        'The regions that occur, for a filter to offer; in alphabetical order. One upstream request per source.',
      extensions: { side: 'CLOUD', price: together(wholeSet('CLOUD', 'regions'), RECENT_SCANS) },
      args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
      resolve: async (_, { source }, context, info) =>
        distinct(
          await everySource(context, info, narrowSources(context, context.sources.cloud, source), ({ client }) =>
            client.resourceRegions(context.scope),
          ),
        ),
    }),
    resourceServices: t.stringList({
      nullable: true,
      description:
        'The services that occur, for a filter to offer; in alphabetical order. One upstream request per source.',
      extensions: { side: 'CLOUD', price: together(wholeSet('CLOUD', 'services'), RECENT_SCANS) },
      args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
      resolve: async (_, { source }, context, info) =>
        distinct(
          await everySource(context, info, narrowSources(context, context.sources.cloud, source), ({ client }) =>
            client.resourceServices(context.scope),
          ),
        ),
    }),
  }),
});

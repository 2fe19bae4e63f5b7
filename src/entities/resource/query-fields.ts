import { builder } from '#graphql/builder.ts';
import { listPage, RECENT_SCANS, together, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { InputError } from '#lib/gateway-error.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import { everySource } from '#loading/every-source.ts';
import { resourcesApart, resourcesFromIndex } from './lists.ts';
import { mergedStats, resourceById, resourceByIdentifier, resourceList } from './loaders.ts';
import type { ResourceStatsModel } from './model.ts';
import { resourcePrice } from './price.ts';
import { Count, Resource, ResourceBy, ResourceConnection, ResourceFilter, ResourceOrder } from './ref.ts';

const ResourceStats = builder.objectRef<ResourceStatsModel>('ResourceStats').implement({
  description: 'How many resources there are, and of what kinds; most first.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Number of resources.' }),
    byService: t.field({ type: [Count], description: 'By service.', resolve: ({ byService }) => [...byService] }),
    byRegion: t.field({
      type: [Count],
      description: 'By region; `unknown` counts those without one.',
      resolve: ({ byRegion }) => [...byRegion],
    }),
    byState: t.field({
      type: [Count],
      description: 'By state; `unknown` counts those without one, and an empty key those whose state is empty.',
      resolve: ({ byState }) => [...byState],
    }),
  }),
});

const SOURCE_ARGUMENT = 'Only of this source, by its name; all sources together when left out.';

builder.queryFields((t) => ({
  resource: t.field({
    type: Resource,
    nullable: true,
    description: 'One AWS resource, by global id or by AWS identifier; null when it is unknown.',
    extensions: { price: resourcePrice },
    args: { by: t.arg({ type: ResourceBy, required: true, description: 'How it is named.' }) },
    resolve: (_, { by }, context, info) => {
      if (by.id) return resourceById(context).load(decodeGlobalId(by.id, 'Resource'));
      if (by.resourceId) return resourceByIdentifier(context, info, by.resourceId);
      throw new InputError('Expected "by" to hold an id or a resourceId, got neither.');
    },
  }),
  resources: t.field({
    type: ResourceConnection,
    nullable: true,
    description: 'AWS resources of all sources, in source order; last seen first within each source.',
    extensions: { price: listPage('CLOUD', 'resources', resourcesApart, resourcesFromIndex) },
    args: {
      ...pageArgs(t),
      filter: t.arg({ type: ResourceFilter, description: 'Which resources are wanted.' }),
      orderBy: t.arg({ type: ResourceOrder, description: 'Their order.' }),
    },
    resolve: (_, { filter, orderBy, ...page }, context, info) =>
      connect(resourceList(context, info, filter, undefined, orderBy), page),
  }),
  resourceStats: t.field({
    type: ResourceStats,
    nullable: true,
    description: 'Counts of AWS resources. One upstream request per source.',
    extensions: { price: together(wholeSet('CLOUD', 'resource statistics'), RECENT_SCANS) },
    args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
    resolve: async (_, { source }, context, info) =>
      mergedStats(
        await everySource(context, info, cloudSources(context, source), async ({ client }) => [
          await client.resourceStats(context.scope),
        ]),
      ),
  }),
  resourceRegions: t.stringList({
    nullable: true,
    description:
      'The regions that occur, for a filter to offer; in alphabetical order. One upstream request per source.',
    extensions: { price: together(wholeSet('CLOUD', 'regions'), RECENT_SCANS) },
    args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
    resolve: async (_, { source }, context, info) =>
      distinct(
        await everySource(context, info, cloudSources(context, source), ({ client }) =>
          client.resourceRegions(context.scope),
        ),
      ),
  }),
  resourceServices: t.stringList({
    nullable: true,
    description:
      'The services that occur, for a filter to offer; in alphabetical order. One upstream request per source.',
    extensions: { price: together(wholeSet('CLOUD', 'services'), RECENT_SCANS) },
    args: { source: t.arg.string({ description: SOURCE_ARGUMENT }) },
    resolve: async (_, { source }, context, info) =>
      distinct(
        await everySource(context, info, cloudSources(context, source), ({ client }) =>
          client.resourceServices(context.scope),
        ),
      ),
  }),
}));

const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

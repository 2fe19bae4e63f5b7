import { daemonField } from '#entities/daemon/ref.ts';
import { networkField } from '#entities/network/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, pagedField, textOrNull } from '#graphql/fields.ts';
import { pageFromEnd, perParent, wholeSet } from '#graphql/pricing/prices.ts';
import { decodeGlobalId, encodeGlobalId } from '#lib/record-ref.ts';
import { narrowSources } from '#loading/several-sources.ts';
import { mergeFeeds } from '#subscriptions/feed.ts';
import { activeSessions, discoveryById, discoveryList } from './loaders.ts';
import { Discovery, DiscoveryConnection, DiscoverySession } from './ref.ts';

DiscoverySession.implement({
  description: 'A network scan under way, or the report of one that ended.',
  extensions: { side: 'NETWORK' },
  fields: (t) => ({
    id: t.id({
      description: 'Global id, for caching; `node` does not fetch it, because a session is gone once it ended.',
      resolve: ({ source, id }) => encodeGlobalId({ type: 'DiscoverySession', source, id }),
    }),
    phase: t.exposeString('phase', {
      description: '`Pending`, `Starting`, `Started`, `Scanning`, `Complete`, `Failed`, `Cancelled`, …; an open list.',
    }),
    progress: t.exposeInt('progress', { description: 'Percent done, 0–100.' }),
    startedAt: dateOrNull(t, 'startedAt', 'When it began; null while it waits.'),
    finishedAt: dateOrNull(t, 'finishedAt', 'When it ended; null while it runs.'),
    error: textOrNull(t, 'error', 'Why it failed; null when it did not.'),
    hostsDiscovered: t.exposeInt('hostsDiscovered', {
      nullable: true,
      description: 'Hosts found so far; null where the server does not say (before 0.15).',
    }),
    estimatedRemainingSeconds: t.exposeInt('estimatedRemainingSeconds', {
      nullable: true,
      description: 'Seconds it will probably still take; null when unknown.',
    }),
    network: networkField(t, 'The network that is scanned.'),
    daemon: daemonField(t),
  }),
});

export const discovery = defineEntity(Discovery, {
  description: 'A network scan as configured, or one past run of it: Scanopy keeps both in one list.',
  side: 'NETWORK',
  node: { load: (context, ref) => discoveryById(context).load(ref), price: perParent('NETWORK', 1) },
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the configuration; its runs repeat it.' }),
    type: t.exposeString('discoveryType', {
      description: 'What is scanned: `Unified`, `Network`, `Docker`, `SelfReport`, `Rescan`, …; an open list.',
    }),
    runType: t.exposeString('runType', {
      description: '`Scheduled` or `AdHoc` for a configuration, `Historical` for a past run.',
    }),
    cronSchedule: textOrNull(
      t,
      'cronSchedule',
      'When a scheduled one runs: six fields, seconds first. Null for others.',
    ),
    enabled: t.exposeBoolean('enabled', {
      nullable: true,
      description: 'Whether the schedule is switched on; null for what has no schedule.',
    }),
    lastRunAt: dateOrNull(
      t,
      'lastRunAt',
      'When a configuration last ran; null before its first run. A past run has its times in `session`.',
    ),
    source: sourceField(t),
    network: networkField(t, 'The network that is scanned.'),
    daemon: daemonField(t),
    session: t.field({
      type: DiscoverySession,
      nullable: true,
      description: 'What a past run reported; null for a configuration.',
      resolve: (discovery) => discovery.session,
    }),
  }),
  queriesOfNow: (t) => ({
    discoveries: pagedField(t, DiscoveryConnection, {
      description:
        'Network scans as configured and their past runs, newest first within each source. Servers that list the oldest first are asked for their last pages: up to three upstream requests a source.',
      price: pageFromEnd('NETWORK'),
      list: (_, __, context, info) => discoveryList(context, info),
    }),
    activeDiscoveries: t.field({
      type: [DiscoverySession],
      nullable: true,
      description:
        'Network scans (discoveries) under way, in source order, at most a few seconds old. One upstream request per source.',
      extensions: { price: wholeSet('NETWORK', 'activeDiscoveries') },
      resolve: (_, __, context, info) => activeSessions(context, info),
    }),
  }),
  subscriptions: (t) => ({
    discoveryUpdated: t.field({
      type: DiscoverySession,
      description:
        'Every discovery that starts, moves on or ends from now on. One that ends while its source is away is reported when the source is back.',
      args: { network: t.arg.id({ description: 'Only discoveries of this network, by its global id.' }) },
      subscribe: (_, { network }, context) => {
        const wanted = network ? decodeGlobalId(network, 'Network') : null;
        const sources = narrowSources(context, context.sources.network, undefined, [wanted]);
        const feeds = sources.map((source) => context.live.discoveries(source));
        return mergeFeeds(feeds, (session) => wanted === null || session.networkId === wanted.id);
      },
      resolve: (session) => session,
    }),
  }),
});

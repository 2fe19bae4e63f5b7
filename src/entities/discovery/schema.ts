import { daemons } from '#entities/daemon/loaders.ts';
import { Daemon } from '#entities/daemon/ref.ts';
import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, pageFromEnd, perParent, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { encodeGlobalId } from '#lib/global-id.ts';
import { activeSessions, discoveryById, discoveryList } from './loaders.ts';
import { Discovery, DiscoveryConnection, DiscoverySession } from './ref.ts';

Discovery.implement({
  description: 'A scan as configured, or one past run of it: Scanopy keeps both in one list.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'Name of the configuration; its runs repeat it.' }),
    type: t.exposeString('discoveryType', {
      description: 'What is scanned: `Unified`, `Network`, `Docker`, `SelfReport`, `Rescan`, …; an open list.',
    }),
    runType: t.exposeString('runType', {
      description: '`Scheduled` or `AdHoc` for a configuration, `Historical` for a past run.',
    }),
    cronSchedule: t.exposeString('cronSchedule', {
      nullable: true,
      description: 'When a scheduled one runs: six fields, seconds first. Null for others.',
    }),
    enabled: t.exposeBoolean('enabled', {
      nullable: true,
      description: 'Whether the schedule is switched on; null for what has no schedule.',
    }),
    lastRunAt: t.expose('lastRunAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a configuration last ran; null before its first run. A past run tells its times in `session`.',
    }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (discovery, _, context) => sourceOf(context, discovery),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that is scanned.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (discovery, _, context, info) => networkOf(discovery, context, info),
    }),
    daemon: t.field({
      type: Daemon,
      nullable: true,
      description: 'The scanner that does it; null when its record is gone.',
      extensions: { price: fromWholeSet('NETWORK', 'daemons') },
      resolve: ({ source, daemonId }, _, context) => daemons.byId(context).load({ source, id: daemonId }),
    }),
    session: t.field({
      type: DiscoverySession,
      nullable: true,
      description: 'What a past run reported; null for a configuration.',
      resolve: (discovery) => discovery.session,
    }),
  }),
});

DiscoverySession.implement({
  description: 'A scan under way, or the report of one that ended.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id, for caching; `node` does not fetch it, because a session is gone once it ended.',
      resolve: ({ source, id }) => encodeGlobalId({ type: 'DiscoverySession', source, id }),
    }),
    phase: t.exposeString('phase', {
      description: '`Pending`, `Starting`, `Started`, `Scanning`, `Complete`, `Failed`, `Cancelled`, …; an open list.',
    }),
    progress: t.exposeInt('progress', { description: 'Percent done, 0–100.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began; null while it waits.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why it failed; null when it did not.' }),
    hostsDiscovered: t.exposeInt('hostsDiscovered', {
      nullable: true,
      description: 'Hosts found so far; null where the server does not say (before 0.15).',
    }),
    estimatedRemainingSeconds: t.exposeInt('estimatedRemainingSeconds', {
      nullable: true,
      description: 'Seconds it will probably still take; null when not told.',
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that is scanned.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (session, _, context, info) => networkOf(session, context, info),
    }),
    daemon: t.field({
      type: Daemon,
      nullable: true,
      description: 'The scanner that does it; null when its record is gone.',
      extensions: { price: fromWholeSet('NETWORK', 'daemons') },
      resolve: ({ source, daemonId }, _, context) => daemons.byId(context).load({ source, id: daemonId }),
    }),
  }),
});

nodeType('Discovery', (context, key) => discoveryById(context).load(key), perParent('NETWORK', 1));

builder.queryFields((t) => ({
  discoveries: t.field({
    type: DiscoveryConnection,
    nullable: true,
    description:
      'Scans as configured and their past runs, newest first within each source. Servers that list the oldest first are asked for their last pages: up to three upstream requests a source.',
    extensions: { price: pageFromEnd('NETWORK') },
    args: pageArgs(t),
    resolve: (_, page, context, info) => connect(discoveryList(context, info), page),
  }),
  activeDiscoveries: t.field({
    type: [DiscoverySession],
    nullable: true,
    description: 'Scans under way, in source order, at most a few seconds old. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'activeDiscoveries') },
    resolve: (_, __, context, info) => activeSessions(context, info),
  }),
}));

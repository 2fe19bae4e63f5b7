import { hostById } from '#entities/host/loaders.ts';
import { Host } from '#entities/host/ref.ts';
import { networkOf } from '#entities/network/network-of.ts';
import { Network } from '#entities/network/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { byId, fromWholeSet, wholeSet } from '#graphql/pricing/prices.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { daemons } from './loaders.ts';
import { Daemon } from './ref.ts';

Daemon.implement({
  description: 'A scanner of Scanopy: it runs on a host of the network that it watches.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    name: t.exposeString('name', { description: 'Name given in Scanopy.' }),
    mode: t.exposeString('mode', {
      description: 'Who calls whom: `daemon_poll` (the daemon asks the server for work) or `server_poll`.',
    }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'Its own version; null when it did not report.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the server last heard of it; null when never.',
    }),
    unreachable: t.exposeBoolean('unreachable', {
      nullable: true,
      description: 'The server cannot reach it: what it watches is out of date. Null when the server does not say.',
    }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (daemon, _, context) => sourceOf(context, daemon),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network it scans.',
      extensions: { price: fromWholeSet('NETWORK', 'networks') },
      resolve: (daemon, _, context, info) => networkOf(daemon, context, info),
    }),
    host: t.field({
      type: Host,
      nullable: true,
      description: 'The host it runs on; null when its record is gone.',
      extensions: { price: byId('NETWORK', 'hosts') },
      resolve: ({ source, hostId }, _, context) => hostById(context).load({ source, id: hostId }),
    }),
  }),
});

nodeType('Daemon', (context, key) => daemons.byId(context).load(key), fromWholeSet('NETWORK', 'daemons'));

builder.queryField('daemons', (t) =>
  t.field({
    type: [Daemon],
    nullable: true,
    description: 'The scanners of every Scanopy server you may read, in source order. One upstream request per source.',
    extensions: { price: wholeSet('NETWORK', 'daemons') },
    resolve: (_, __, context, info) => daemons.every(context, info, context.sources.network),
  }),
);

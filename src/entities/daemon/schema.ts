import { hostById } from '#entities/host/loaders/lists.ts';
import { Host } from '#entities/host/ref.ts';
import { networkField } from '#entities/network/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, everyOfSet, nodeOfSet, textOrNull } from '#graphql/fields.ts';
import { byId } from '#graphql/pricing/prices.ts';
import { daemons } from './loaders.ts';
import { Daemon } from './ref.ts';

export const daemon = defineEntity(Daemon, {
  description: 'A scanner of Scanopy: it runs on a host of the network that it watches.',
  side: 'NETWORK',
  node: nodeOfSet(daemons, 'daemons'),
  naturalKeys: {},
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given in Scanopy.' }),
    mode: t.exposeString('mode', {
      description: 'Who calls whom: `daemon_poll` (the daemon asks the server for work) or `server_poll`.',
    }),
    version: textOrNull(t, 'version', 'Its own version; null when it did not report.'),
    lastSeenAt: dateOrNull(t, 'lastSeenAt', 'When the server last heard of it; null when never.'),
    unreachable: t.exposeBoolean('unreachable', {
      nullable: true,
      description: 'The server cannot reach it: what it watches is out of date. Null when the server does not say.',
    }),
    source: sourceField(t),
    network: networkField(t, 'The network it scans.'),
    host: t.field({
      type: Host,
      nullable: true,
      description: 'The host it runs on; null when its record is gone.',
      extensions: { price: byId('NETWORK', 'hosts') },
      resolve: ({ source, hostId }, _, context) => hostById(context).load({ source, id: hostId }),
    }),
  }),
  queries: (t) => ({
    daemons: everyOfSet(
      t,
      Daemon,
      daemons,
      'daemons',
      'The scanners of every Scanopy server you may read, in source order. One upstream request per source.',
    ),
  }),
});

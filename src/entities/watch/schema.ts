import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { dateOrNull, textOrNull } from '#graphql/fields.ts';
import type { FiredWatch as FiredWatchModel, WatchStatus } from '#watches/viewer-watches.ts';

const Watch = builder.objectRef<WatchStatus>('Watch').implement({
  description:
    'A question that the gateway asks again when a source was read anew and has changed. When the answer meets the condition, webhooks and `watchFired` get an event.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the configuration.' }),
    operation: t.exposeString('operation', { description: 'Name of the question that is asked.' }),
    condition: t.exposeString('condition', {
      description: 'When there is an event: `changed`, `nonEmpty`, or `count > n`.',
    }),
    lastRunAt: dateOrNull(t, 'lastRunAt', 'When it was last answered whole; null when it never was.'),
    lastFiredAt: dateOrNull(t, 'lastFiredAt', 'When its last event was; null when there was none.'),
    lastFailure: textOrNull(t, 'lastFailure', 'Error code of the last attempt to ask it; null when that went well.'),
    pendingDeliveries: t.exposeInt('pendingDeliveries', {
      description: 'Events that are still to be delivered to its webhooks.',
    }),
  }),
});

const WatchedRow = builder.objectRef<FiredWatchModel['appeared'][number]>('WatchedRow').implement({
  description: 'One item of the list that is watched.',
  fields: (t) => ({
    id: t.exposeString('id', {
      description: 'Its `id` in the answer; a hash of the row where the question selects none.',
    }),
    title: textOrNull(t, 'title', 'A name or title that the question selects; null without one.'),
  }),
});

const FiredWatch = builder.objectRef<FiredWatchModel>('FiredWatch').implement({
  description: 'One event of a watch: its condition was met. Each list of rows names at most 100.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id of this event, which webhooks send as `webhook-id`.' }),
    watch: t.exposeString('watch', { description: 'Name of the watch.' }),
    operation: t.exposeString('operation', { description: 'Name of the question that was asked.' }),
    firedAt: t.expose('firedAt', { type: 'DateTime', description: 'When the question was answered.' }),
    condition: t.exposeString('condition', { description: 'The condition that was met.' }),
    count: t.exposeInt('count', { description: 'Number of items of the list that is watched.' }),
    appeared: t.expose('appeared', { type: [WatchedRow], description: 'Rows that were not in the answer before.' }),
    vanished: t.expose('vanished', { type: [WatchedRow], description: 'Rows that are not in the answer any more.' }),
    changed: t.expose('changed', {
      type: [WatchedRow],
      description: 'Rows in which something that the question selects differs.',
    }),
  }),
});

/** Watches are named by the configuration, and have no global id. */
export const watch = defineFields({
  queriesOfNow: (t) => ({
    watches: t.field({
      type: [Watch],
      description:
        'The watched questions that are asked with your key, in configuration order. Costs no upstream request.',
      resolve: (_, __, { watches, scope }) => {
        scope.ledger.countLive();
        return [...watches.list()];
      },
    }),
  }),
  subscriptions: (t) => ({
    watchFired: t.field({
      type: FiredWatch,
      description:
        'The events of the watches that are asked with your key, from now on. Earlier ones are not sent again; webhooks get all.',
      args: { names: t.arg.stringList({ description: 'Only watches of these names.' }) },
      subscribe: (_, { names }, { watches }) => watches.fired(names ?? null),
      resolve: (event) => event,
    }),
  }),
});

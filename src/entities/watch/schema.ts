import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { dateOrNull, textOrNull } from '#graphql/fields.ts';
import type { FiredWatch as FiredWatchModel, WatchStatus } from '#watches/viewer-watches.ts';

const Watch = builder.objectRef<WatchStatus>('Watch').implement({
  description: 'A question that the gateway asks again whenever a reading changed something, to tell what follows.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the configuration.' }),
    operation: t.exposeString('operation', { description: 'Name of the question that is asked.' }),
    condition: t.exposeString('condition', {
      description: 'When its answer is told: `changed`, `nonEmpty`, or `count > n`.',
    }),
    lastRunAt: dateOrNull(t, 'lastRunAt', 'When it was last answered whole; null when it never was.'),
    lastFiredAt: dateOrNull(t, 'lastFiredAt', 'When its answer was last told; null when it never was.'),
    lastFailure: textOrNull(
      t,
      'lastFailure',
      'Code of the error with which it was last asked; null when that went well.',
    ),
    pendingDeliveries: t.exposeInt('pendingDeliveries', {
      description: 'Events that its webhooks have not taken yet.',
    }),
  }),
});

const WatchedRow = builder.objectRef<FiredWatchModel['appeared'][number]>('WatchedRow').implement({
  description: 'One item of the list that is watched.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its global id; of what has none, a hash of what it is.' }),
    title: textOrNull(t, 'title', 'What it is called.'),
  }),
});

const FiredWatch = builder.objectRef<FiredWatchModel>('FiredWatch').implement({
  description: 'The answer of a watched question was worth telling. Each list of rows names at most 100.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Of this event, as webhooks have it.' }),
    watch: t.exposeString('watch', { description: 'Name of the watch.' }),
    operation: t.exposeString('operation', { description: 'Name of the question that was asked.' }),
    firedAt: t.expose('firedAt', { type: 'DateTime', description: 'When it was answered so.' }),
    condition: t.exposeString('condition', { description: 'The condition that was met.' }),
    count: t.exposeInt('count', { description: 'Items of the list that is watched.' }),
    appeared: t.expose('appeared', { type: [WatchedRow], description: 'Rows that were not in the answer before.' }),
    vanished: t.expose('vanished', { type: [WatchedRow], description: 'Rows that are not in the answer any more.' }),
    changed: t.expose('changed', { type: [WatchedRow], description: 'Rows of which something that is asked differs.' }),
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
        'Each watch of yours from now on whose answer is worth telling. Who listens later has missed it; webhooks have not.',
      args: { names: t.arg.stringList({ description: 'Only watches of these names.' }) },
      subscribe: (_, { names }, { watches }) => watches.fired(names ?? null),
      resolve: (event) => event,
    }),
  }),
});

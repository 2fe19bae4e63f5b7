import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { dateOrNull } from '#graphql/fields.ts';
import type { IndexStatus as IndexStatusModel } from '#inventory/snapshot/source-index.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { enumValueOf } from '#sources/source-kind.ts';
import type { BudgetStatus } from '#sources/transport/budget/allowance.ts';
import { indexStatus, statusOf } from './loaders.ts';
import { Source } from './ref.ts';

const SourceKind = builder.enumType('SourceKind', {
  description: 'Which product a source runs.',
  values: Object.fromEntries(sourceKinds.map((kind) => [enumValueOf(kind), { description: kind.description }])),
});

const SourceHealth = builder.enumType('SourceHealth', {
  description: 'How the source answered lately.',
  values: {
    OK: { description: 'The last call succeeded.' },
    DEGRADED: { description: 'Some calls fail, or the budget is paused; cached answers may be served.' },
    UNAVAILABLE: { description: 'The source does not answer.' },
    UNAUTHORIZED: { description: 'The source refuses the configured key.' },
    UNKNOWN: { description: 'Nothing was asked yet.' },
  } as const,
});

const RequestBudget = builder.objectRef<BudgetStatus>('RequestBudget').implement({
  description: 'The request allowance of one credential at its source, live.',
  fields: (t) => ({
    limit: t.exposeInt('limit', {
      description: 'Requests allowed per window (a token bucket counts its rate over the window).',
    }),
    windowSeconds: t.exposeInt('windowSeconds', { description: 'Length of the window in seconds.' }),
    remaining: t.exposeInt('remaining', {
      description: 'Requests that could be sent right now without waiting, the reserve left out.',
    }),
    queued: t.exposeInt('queued', { description: 'Calls waiting for budget.' }),
    resetAt: dateOrNull(t, 'resetAt', 'When the allowance is whole again; null when nothing was used.'),
  }),
});

const IndexStatus = builder.objectRef<IndexStatusModel>('IndexStatus').implement({
  description: 'How much of the source the background index has read.',
  fields: (t) => ({
    complete: t.exposeBoolean('complete', {
      description: 'Everything the source holds has been read: answers may rely on absence.',
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of the source that has been read, 0–1.' }),
    records: t.exposeInt('records', { description: 'Records held.' }),
    missingRows: t.exposeInt('missingRows', {
      description:
        'Rows that the source counts and did not show, however it was asked. While there are any, the index is not complete: lists are asked of the source instead, and the rows are looked for again at every refresh.',
    }),
    unreadRelations: t.exposeInt('unreadRelations', {
      description:
        'Resources whose relations are unknown, because the source failed to give them; they are asked for again. Walks stop there.',
    }),
    startedAt: dateOrNull(t, 'startedAt', 'When the current or last build began.'),
    completedAt: dateOrNull(t, 'completedAt', 'When the index was last complete.'),
  }),
});

Source.implement({
  description: 'One configured upstream server behind the graph.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Its name in the configuration, as `filter: { source: … }` takes it.',
    }),
    kind: t.field({
      type: SourceKind,
      description: 'Which product it runs.',
      resolve: ({ kind }) => enumValueOf(kind),
    }),
    health: t.field({
      type: SourceHealth,
      description: 'How it answered lately.',
      resolve: (source, _, context) => statusOf(source, context).health,
    }),
    serverVersion: t.string({
      nullable: true,
      description:
        'What the server said it is: a Scanopy version (marked when newer than any known), or the ScanOrbit edition. Null until it answered.',
      resolve: serverVersion,
    }),
    budget: t.field({
      type: RequestBudget,
      description: 'Its request allowance, live.',
      resolve: (source, _, context) => statusOf(source, context).budget,
    }),
    index: t.field({
      type: IndexStatus,
      description: 'State of its background index.',
      resolve: (source, _, context) => indexStatus(source, context),
    }),
    lastError: t.string({
      nullable: true,
      description: 'The last failure, in the gateway’s words; null when the last call succeeded.',
      resolve: (source, _, context) => statusOf(source, context).lastError,
    }),
  }),
});

function serverVersion(source: typeof Source.$inferType): string | null {
  return source.side === 'CLOUD' ? source.kind.serverVersion(source.client) : source.kind.serverVersion(source.client);
}

/** Sources are named by the configuration, and have no global id. */
export const source = defineFields({
  queriesOfNow: (t) => ({
    sources: t.field({
      type: [Source],
      description:
        'The upstream servers behind the graph that you may read, in configuration order. Costs no upstream request.',
      resolve: (_, __, context) => [...context.sources.all],
    }),
  }),
});

import { defineFields } from '#graphql/define-entity.ts';
import { pagedField } from '#graphql/fields.ts';
import { contextOfMoment, InventoryAsOf, orRefused } from '#graphql/inventory-as-of.ts';
import { deferredList } from '#lib/sliced-list.ts';
import { everyReading, inventoryAsOf, readingsOf } from './loaders.ts';
import { PastReading, PastReadingConnection, ReadingPart, ReadingPartKind } from './ref.ts';

ReadingPart.implement({
  description: 'A part of a source that was read at one time.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ReadingPartKind, description: 'What it consists of.' }),
    id: t.exposeID('id', { nullable: true, description: 'Global id of the account or network; null for lists.' }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      description:
        'When it was read. Earlier than the reading it belongs to: it was not read again then, or not whole.',
    }),
    isWhole: t.exposeBoolean('isWhole', {
      description: 'Nothing of it is missing. When false, what is not listed is unknown, not absent.',
    }),
  }),
});

PastReading.implement({
  description: 'One reading of a source by the index. Between readings, nothing is known.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Name of the source.' }),
    time: t.expose('time', { type: 'DateTime', description: 'The moment whose state it holds.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', description: 'When it ended.' }),
    isComplete: t.exposeBoolean('isComplete', {
      description: 'Nothing that the source held is missing. When false, `parts` says where some is.',
    }),
    parts: t.expose('parts', { type: [ReadingPart], description: 'What it consists of.' }),
  }),
});

InventoryAsOf.implement({
  description:
    'What was known at a moment: the last reading of each source before it, and everything that follows from these. Has the fields of `Query` that can be asked of any moment. Costs no upstream request, whatever the fields say of `Query`. Times such as `lastSeenAt` are as they were then; health, budget and index of a source (`source { … }`) are always as they are now. Paid or free resources, statistics of the upstreams, organizations and what certificates say are not kept: they are null, with an error.',
  extensions: { isPast: true },
  fields: (t) => ({
    time: t.expose('time', { type: 'DateTime', description: 'The moment, as you gave it.' }),
    readings: t.field({
      type: [PastReading],
      description:
        'The readings that everything else here follows from, in the order of the sources. A source without one was first read later: what it held then is unknown, which lists say by an error.',
      resolve: readingsOf,
    }),
  }),
});

/** Another moment: what `Query` gives of now. */
export const past = defineFields({
  queriesOfNow: (t) => ({
    readings: pagedField(t, PastReadingConnection, {
      description:
        'When the index read each source, and how much of it, newest first, as far back as the history reaches: between two readings of a source nothing is known of it. To page while more comes, give `until`. Costs no upstream request.',
      args: {
        since: t.arg({ type: 'DateTime', description: 'Only readings after it.' }),
        until: t.arg({ type: 'DateTime', description: 'Only readings at it or before.' }),
        source: t.arg.string({ description: 'Only of the source with this name.' }),
      },
      list: (_, args, context) => deferredList(async () => everyReading(context, args)),
    }),
    asOf: t.field({
      type: InventoryAsOf,
      nullable: true,
      description:
        'The inventory as it was known at a moment, from the history. Null, with an error that says the earliest time known, where nothing is known of that moment. Costs no upstream request. Not for operations with `@defer` or `@stream`, or that ask for the schema.',
      args: { time: t.arg({ type: 'DateTime', required: true, description: 'A moment that has passed.' }) },
      extensions: contextOfMoment,
      resolve: (_, { time }, context, info) => orRefused(inventoryAsOf, info)(context, time),
    }),
  }),
});

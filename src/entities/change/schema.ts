import { Asset, DependencyConnection } from '#entities/dependency/ref.ts';
import { Finding } from '#entities/finding/ref.ts';
import { loadAsset } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { pagedField, textOrNull } from '#graphql/fields.ts';
import { arrayList } from '#lib/sliced-list.ts';
import { findingNow, isOfAsset, recentChanges, stillNeededBy } from './loaders.ts';
import { Change, ChangeConnection, ChangedType, ChangeKind, FieldChange } from './ref.ts';

FieldChange.implement({
  description: 'One property that differs.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the property, e.g. `state`, `tags`, `addresses`.' }),
    before: textOrNull(t, 'before', 'What it was, as text.'),
    after: textOrNull(t, 'after', 'What it is now, as text.'),
  }),
});

Change.implement({
  description: 'One difference between two readings of a source by the index.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeKind, description: 'What happened.' }),
    asset: t.field({
      type: Asset,
      nullable: true,
      description: 'The asset as it is now; null when it is gone, and for a finding.',
      resolve: (change, _, context, info) =>
        isOfAsset(change) && change.kind !== 'REMOVED' ? loadAsset(context, entitiesOf(info.schema), change) : null,
    }),
    finding: t.field({
      type: Finding,
      nullable: true,
      description: 'The finding as the index has it now; null when it is gone, and for an asset.',
      resolve: (change, _, context) => (change.type === 'Finding' ? findingNow(context, change) : null),
    }),
    neededBy: pagedField(t, DependencyConnection, {
      description:
        'Of a cloud resource that is gone: the resources that still refer to it in the newest reading, which no longer find it. Empty for any other change, and where no history is kept. Costs no upstream request.',
      list: (change, _, context) => arrayList(async () => stillNeededBy(context, change)),
    }),
    title: t.exposeString('title', { description: 'What it was called when it was last seen.' }),
    fields: t.expose('fields', {
      type: [FieldChange],
      description: 'Properties that differ; empty unless CHANGED or REOPENED. That a scan saw it again is no change.',
    }),
    noticedAt: t.expose('noticedAt', { type: 'DateTime', description: 'The reading that showed it.' }),
    since: t.expose('since', { type: 'DateTime', description: 'The reading before, when it was not so yet.' }),
  }),
});

export const change = defineFields({
  queriesOfNow: (t) => ({
    changes: pagedField(t, ChangeConnection, {
      description:
        'What came, went or changed between readings of the index, newest first. Cloud resources are read again when a scan of their account completes. Where a history is kept, as far back as that reaches, else as long as the index is kept; the upstreams themselves have none.',
      args: {
        since: t.arg({ type: 'DateTime', description: 'Only what was noticed after this moment.' }),
        until: t.arg({ type: 'DateTime', description: 'Only what was noticed at this moment or before.' }),
        kinds: t.arg({ type: [ChangeKind], description: 'Only these kinds of change.' }),
        types: t.arg({
          type: [ChangedType],
          description:
            'Only changes of these kinds of record. Without it: assets of all kinds, and a finding only if `asset` names it.',
        }),
        source: t.arg.string({ description: 'Only of the source with this name.' }),
        asset: t.arg.id({ description: 'Only of the asset or finding with this global id; it may be gone.' }),
      },
      list: async (_, args, context, info) => recentChanges(context, info, args),
    }),
  }),
});

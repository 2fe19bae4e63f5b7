import { FieldChange } from '#entities/change/ref.ts';
import { assetEntity } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { dateOrNull } from '#graphql/fields.ts';
import { AssetVersion, AssetVersionKind } from './ref.ts';

AssetVersion.implement({
  description: 'How an asset was from one reading of its source until another. Between readings, nothing is known.',
  fields: (t) => ({
    kind: t.expose('kind', { type: AssetVersionKind, description: 'How it began.' }),
    title: t.string({
      nullable: true,
      description: 'What it was called; if it was removed, before that. Null where that is not kept any more.',
      resolve: ({ asset, record }, _, __, info) => record && assetEntity(entitiesOf(info.schema), asset).title(record),
    }),
    fields: t.expose('fields', {
      type: [FieldChange],
      description:
        'Properties that differ from the version before; empty unless CHANGED. That a scan saw it again is no change.',
    }),
    from: t.expose('from', { type: 'DateTime', description: 'The reading that showed it first.' }),
    since: dateOrNull(t, 'since', 'The reading before, when it was not so yet; null where there was none.'),
    until: dateOrNull(t, 'until', 'The first reading in which it was so no longer; null while it is so.'),
  }),
});

/** A version is given with its asset only. */
export const assetVersion = defineFields({});

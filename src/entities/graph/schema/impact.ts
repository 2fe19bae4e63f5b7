import { Asset, Confidence } from '#entities/dependency/ref.ts';
import { assetReader, existingAsset } from '#graphql/assets.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { loadImpact, MAX_DEPTH } from '../loaders.ts';
import { Impact, ImpactEffect, ImpactedAsset, walkPrice } from '../ref.ts';

ImpactedAsset.implement({
  description: 'One asset that is affected.',
  fields: (t) => ({
    asset: t.field({
      type: Asset,
      description: 'The asset that is affected.',
      resolve: ({ asset }, _, context, info) => existingAsset(context, entitiesOf(info.schema), asset),
    }),
    effect: t.expose('effect', { type: ImpactEffect, description: 'How, along the path that does the most harm.' }),
    distance: t.exposeInt('distance', { description: 'Steps from the subject.' }),
    path: t.exposeIDList('path', { description: 'Vertices from the subject to this asset, both included.' }),
    confidence: t.expose('confidence', { type: Confidence, description: "Of the path's least sure relation." }),
    notes: t.exposeStringList('notes', { description: 'What the inventories leave open about it.' }),
  }),
});

Impact.implement({
  description:
    'What happens to everything else when one asset is removed or stops. For each kind of relation, what needs the other end is affected, in whichever direction the relation is reported.',
  fields: (t) => ({
    subject: t.field({
      type: Asset,
      description: 'The asset that goes.',
      resolve: ({ subject }, _, context, info) => existingAsset(context, entitiesOf(info.schema), subject),
    }),
    impacted: t.expose('impacted', { type: [ImpactedAsset], description: 'Worst effect first, then nearest.' }),
    truncated: t.exposeBoolean('truncated', {
      description:
        'True when a limit cut something off, or relations could not be read. While the index is incomplete, an error says so, too.',
    }),
  }),
});

export const impact = defineFields({
  queries: (t) => ({
    impact: t.field({
      type: Impact,
      nullable: true,
      description:
        'What breaks, degrades, is orphaned or goes unwatched when this asset goes. Null when it is unknown.',
      extensions: { price: walkPrice },
      args: {
        id: t.arg.id({ required: true, description: 'Global id of a resource, host or service.' }),
        depth: t.arg.int({ description: `Steps from it, 1–${MAX_DEPTH}. Default 2.` }),
        minConfidence: t.arg({
          type: Confidence,
          description: 'Only along relations at least this sure. Default: all, but OBSERVED_AS only from HIGH.',
        }),
      },
      resolve: (_, args, context, info) => loadImpact(context, info, assetReader(context, info.schema), args),
    }),
  }),
});

import type { BuilderTypes } from '#graphql/builder.ts';
import { builder } from '#graphql/builder.ts';
import type { Source as SourceModel } from '#sources/source-set.ts';
import { sourceOf } from './loaders.ts';

export const Source = builder.objectRef<SourceModel>('Source');

/** The source of a record, for any type of records. */
export const sourceField = <Parent extends { readonly source: string }>(
  t:
    | PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>
    | PothosSchemaTypes.InterfaceFieldBuilder<BuilderTypes, Parent>,
) =>
  t.field({
    type: Source,
    description: 'The upstream server this record comes from.',
    resolve: (record, _, context) => sourceOf(context, record),
  });

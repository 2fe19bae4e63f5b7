import { builder } from '#graphql/builder.ts';
import type { Source as SourceModel } from '#sources/source-set.ts';

export const Source = builder.objectRef<SourceModel>('Source');

import type { BuilderTypes } from '../builder.ts';

interface Dated {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** `createdAt` and `updatedAt`. They are the source's: not when the thing itself was made or changed. */
export const recordDates = <Parent extends Dated>(
  t: PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>,
  created = 'When its source first recorded it.',
) => ({
  createdAt: t.field({ type: 'DateTime', description: created, resolve: ({ createdAt }) => createdAt }),
  updatedAt: t.field({
    type: 'DateTime',
    description: 'When its record last changed.',
    resolve: ({ updatedAt }) => updatedAt,
  }),
});

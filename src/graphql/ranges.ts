import { builder } from './builder.ts';

export const DateTimeRange = builder.inputType('DateTimeRange', {
  description: 'A range of time. What has no known time is in none.',
  fields: (t) => ({
    since: t.field({ type: 'DateTime', description: 'This one or later; from the beginning when left out.' }),
    before: t.field({ type: 'DateTime', description: 'Earlier than this one; without an end when left out.' }),
  }),
});

export const DecimalRange = builder.inputType('DecimalRange', {
  description: 'Decimal numbers, compared exactly; an unknown one is in no range.',
  fields: (t) => ({
    min: t.field({ type: 'Decimal', description: 'This one or more; no lower limit when left out.' }),
    max: t.field({ type: 'Decimal', description: 'This one or less; no upper limit when left out.' }),
  }),
});

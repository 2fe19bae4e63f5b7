import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import type { RequestContext } from '#loading/context.ts';

interface OwnTypes {
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    BigInt: { Input: bigint; Output: number | bigint };
  };
}

/** Fields are non-null unless they say otherwise; a field that may need an upstream call must say so. */
export const builder = new SchemaBuilder<OwnTypes>({
  defaultFieldNullability: false,
  plugins: [DirectivesPlugin],
});

/** Pothos' full type record of {@link builder}, for helpers that take refs or field builders. */
export type BuilderTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

builder.subscriptionType({
  description: 'What changes, while you listen. Many listeners cost the upstreams what one costs.',
});

builder.queryType({
  description:
    'Cloud and network inventory. Fields that need an upstream are null, with an error, when it cannot answer.',
});

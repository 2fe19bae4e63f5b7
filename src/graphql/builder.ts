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

/**
 * Fields are non-null unless they say otherwise; a field that may need an upstream call must say so.
 *
 * Intentionally without `@pothos/plugin-relay` (read at 4.8.1), of which only the types of connections would be left:
 * - `nodes` decodes every id before it resolves, and joins the loaders by `Promise.all`: one malformed id, one unknown type (which
 *   throws, where this graph answers null) or one failing record fails the whole list. Here each fails its own place.
 * - Ids are parsed by the type's name in the served schema (`info.schema.getType(typename)`), which a federation prefix changes, and
 *   are a type and one string, where ours name the source, too.
 * - `pageInfo` is a value of the connection. Here it is a function, so that what needs a count is asked for only when selected.
 */
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

import { extendSchema, type GraphQLSchema, isEnumType, Kind, parse, print } from 'graphql';
import { type AnySourceKind, enumValueOf } from '#sources/source-kind.ts';

/** The graph with a value of the enum `SourceKind` for each of `kinds`: the schema itself knows those that the gateway ships. */
export const schemaForKinds = (schema: GraphQLSchema, kinds: readonly AnySourceKind[]): GraphQLSchema => {
  const known = schema.getType('SourceKind');
  if (!isEnumType(known)) throw new Error('Expected the schema to have the enum SourceKind.');
  const added = kinds.filter((kind) => !known.getValue(enumValueOf(kind)));
  if (added.length === 0) return schema;
  const values = added.map((kind) => {
    const description = print({ kind: Kind.STRING, value: kind.description });
    return `${description} ${enumValueOf(kind)}`;
  });
  const extended = extendSchema(schema, parse(`extend enum SourceKind { ${values.join('\n')} }`));
  // Extending a schema drops its own extensions, which hold what each type of records declares.
  extended.extensions = schema.extensions;
  return extended;
};

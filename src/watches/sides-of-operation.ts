import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  type ObjectFieldNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { SOURCE_SIDES, type SourceSide } from '#lib/source-side.ts';

/**
 * Sides whose readings may change the answer: of every type of records that is selected. What cannot be told, such as a count without
 * its records or an answer over both inventories, is of both. So is what is asked for by something of both; of a variable, by anything
 * that it may hold.
 */
export const sidesOfOperation = (schema: GraphQLSchema, document: string): ReadonlySet<SourceSide> => {
  const sides = new Set<SourceSide>();
  const info = new TypeInfo(schema);
  const add = (found: Iterable<SourceSide>) => {
    for (const side of found) sides.add(side);
  };
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field: (_: FieldNode) => {
        const field = info.getFieldDef();
        const type = field && getNamedType(field.type);
        const parent = info.getParentType();
        if (!type || !parent) return;
        if (isLeafType(type)) {
          // Computed from other records than the one it is a field of.
          if (field.extensions.price && parent.extensions.side) add(SOURCE_SIDES);
        } else {
          const found = sidesOfType(schema, type, new Set());
          add(found.size === 0 && parent === schema.getQueryType() ? SOURCE_SIDES : found);
        }
      },
      ObjectField: ({ name }: ObjectFieldNode) => {
        const type = getNamedType(info.getParentInputType());
        const field = isInputObjectType(type) ? type.getFields()[name.value] : undefined;
        if (field) add(sidesAskedBy(field));
      },
      EnumValue: () => add(sidesAskedBy(info.getEnumValue() ?? {})),
      Variable: () => add(sidesOfInput(getNamedType(info.getInputType()), new Set())),
    }),
  );
  return sides.size === 0 ? new Set(SOURCE_SIDES) : sides;
};

/** Of a type of records its own; of any other, those of the records that it leads to. */
const sidesOfType = (schema: GraphQLSchema, type: GraphQLNamedType, seen: Set<string>): ReadonlySet<SourceSide> => {
  const side = type.extensions.side as SourceSide | undefined;
  if (side) return new Set([side]);
  if (seen.has(type.name)) return new Set();
  seen.add(type.name);
  const next = isAbstractType(type)
    ? schema.getPossibleTypes(type)
    : isObjectType(type)
      ? Object.values(type.getFields()).map((field) => getNamedType(field.type))
      : [];
  return new Set(next.flatMap((one) => [...sidesOfType(schema, one, seen)]));
};

/** Of a member of an input object or a value of an enum, beside those of the records that it is about. */
const sidesAskedBy = ({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }) =>
  (extensions?.sides ?? []) as readonly SourceSide[];

/** Of everything that a value of the type may hold. */
const sidesOfInput = (type: GraphQLNamedType | undefined, seen: Set<string>): readonly SourceSide[] => {
  if (isEnumType(type)) return type.getValues().flatMap(sidesAskedBy);
  if (!isInputObjectType(type) || seen.has(type.name)) return [];
  seen.add(type.name);
  return Object.values(type.getFields()).flatMap((field) => [
    ...sidesAskedBy(field),
    ...sidesOfInput(getNamedType(field.type), seen),
  ]);
};

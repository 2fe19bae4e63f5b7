import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { getOrMake } from '#lib/get-or-make.ts';
import { PAGE_LISTS } from '../page-sizes.ts';
import type { PriceOf } from './price.ts';

/** Length assumed for a list field whose arguments do not say. */
const UNSIZED_LIST = 10;

/** What is the same of a field of a document whenever the document is priced. */
export interface PricedField {
  readonly definition: GraphQLField<unknown, unknown>;
  /** Of the field itself; of a field of an interface, one for each of its implementations. */
  readonly prices: readonly { readonly price: PriceOf; readonly type: string }[];
  /** Null for a leaf. */
  readonly below: GraphQLNamedType | null;
  /** Values that it has where no price says so. */
  readonly unsized: number;
}

const known = new WeakMap<FieldNode, Map<GraphQLNamedType, PricedField | null>>();

/** @returns null where the type has no such field. */
export const pricedField = (schema: GraphQLSchema, type: GraphQLNamedType, node: FieldNode): PricedField | null => {
  const byType = getOrMake(known, node, () => new Map<GraphQLNamedType, PricedField | null>());
  return getOrMake(byType, type, () => lookUp(schema, type, node));
};

const lookUp = (schema: GraphQLSchema, type: GraphQLNamedType, node: FieldNode): PricedField | null => {
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (!definition) return null;
  const types = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const below = getNamedType(definition.type);
  return {
    definition,
    prices: types.flatMap((of) => {
      const price = of.getFields()[definition.name]?.extensions.price as PriceOf | undefined;
      return price ? [{ price, type: of.name }] : [];
    }),
    below: isCompositeType(below) ? below : null,
    // The price of a connection says how many nodes it has.
    unsized: isListType(getNullableType(definition.type)) && !PAGE_LISTS.has(definition.name) ? UNSIZED_LIST : 1,
  };
};

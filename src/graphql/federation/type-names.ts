import { MapperKind, mapSchema, renameType } from '@graphql-tools/utils';
import {
  type GraphQLAbstractType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLUnionType,
  isIntrospectionType,
  isScalarType,
} from 'graphql';
import type { PriceOf } from '../pricing/price.ts';

/** Names that mean the same in every subgraph, so that sharing them is the point. */
const SHARED = new Set(['Node', 'PageInfo']);

/** Both directions between a type's own name, which models and global ids carry, and its name in the supergraph. */
export class TypeNames {
  readonly #public = new Map<string, string>();
  readonly #own = new Map<string, string>();

  constructor(schema: GraphQLSchema, prefix: string) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const keepsName = (type: GraphQLNamedType) =>
      isScalarType(type) ||
      isIntrospectionType(type) ||
      SHARED.has(type.name) ||
      roots.some((root) => root?.name === type.name);
    for (const type of Object.values(schema.getTypeMap())) {
      const name = keepsName(type) ? type.name : `${prefix}${type.name}`;
      this.#public.set(type.name, name);
      this.#own.set(name, type.name);
    }
  }

  publicName(own: string): string {
    return this.#public.get(own) ?? own;
  }

  ownName(publicName: string): string {
    return this.#own.get(publicName) ?? publicName;
  }
}

/** Gives every type its public name. Resolvers, ids and prices go on speaking of types by their own names. */
export const renameTypes = (schema: GraphQLSchema, names: TypeNames): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.ABSTRACT_TYPE]: (type) => translated(type as GraphQLAbstractType, names),
    [MapperKind.TYPE]: (type) =>
      names.publicName(type.name) === type.name ? undefined : renameType(type, names.publicName(type.name)),
    [MapperKind.COMPOSITE_FIELD]: (field) => {
      const price = field.extensions?.price as PriceOf | undefined;
      if (!price) return undefined;
      const ownPrice: PriceOf = (input) => price({ ...input, type: names.ownName(input.type) });
      return { ...field, extensions: { ...field.extensions, price: ownPrice } };
    },
  });

/** An abstract type whose values are distinguished by our own names, under its public name. */
const translated = (type: GraphQLAbstractType, names: TypeNames): GraphQLAbstractType => {
  const { resolveType } = type;
  const name = names.publicName(type.name);
  const inPublic: typeof resolveType = async (value, context, info, of) => {
    const own = await resolveType?.(value, context, info, of);
    return own === undefined ? undefined : names.publicName(own);
  };
  return type instanceof GraphQLUnionType
    ? new GraphQLUnionType({ ...type.toConfig(), name, resolveType: inPublic })
    : new GraphQLInterfaceType({ ...type.toConfig(), name, resolveType: inPublic });
};

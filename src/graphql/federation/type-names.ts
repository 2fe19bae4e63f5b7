import { type GraphQLNamedType, type GraphQLSchema, isIntrospectionType, isScalarType } from 'graphql';

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

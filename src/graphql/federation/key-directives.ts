import type { ConstDirectiveNode, GraphQLSchema } from 'graphql';
import { directive } from './directive.ts';
import { isEntityType } from './entity-types.ts';
import { NATURAL_KEYS } from './natural-keys.ts';
import type { TypeNames } from './type-names.ts';

/** Every type with a global id is an entity by it, and some by a key that other subgraphs hold. */
export const keyDirectives = (schema: GraphQLSchema, type: string, names: TypeNames): ConstDirectiveNode[] =>
  isEntityType(schema.getType(type))
    ? ['id', ...Object.keys(NATURAL_KEYS[names.ownName(type)] ?? {})].map((fields) => directive('key', { fields }))
    : [];

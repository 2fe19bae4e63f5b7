import {
  type GraphQLFieldConfigMap,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { RecordRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { entitiesOf } from '../entity.ts';
import { entityPrice } from './entity-price.ts';
import { resolveReference } from './resolve-reference.ts';
import type { TypeNames } from './type-names.ts';

/**
 * `_entities` and `_service`. Intentionally not @apollo/subgraph's: there one representation of an unknown type fails the whole
 * list, and `__typename` is written onto loaded records, which are shared between requests here.
 */
export const entityFields = (
  schema: GraphQLSchema,
  names: TypeNames,
  sdl: string,
): GraphQLFieldConfigMap<unknown, RequestContext> => {
  const entities = entitiesOf(schema);
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    types: Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .filter(({ name }) => entities.has(names.ownName(name))),
    resolveType: (record: RecordRef) => names.publicName(record.type),
  });
  return {
    _entities: {
      type: new GraphQLNonNull(new GraphQLList(Entity)),
      args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(anyScalar()))) } },
      extensions: { price: entityPrice(names) },
      // Every representation is its own promise: it fails alone, and all of a tick share the loaders' batches.
      resolve: (_, { representations }, context) =>
        (representations as readonly unknown[]).map(async (of) => resolveReference(context, entities, names, of)),
    },
    _service: {
      type: new GraphQLNonNull(
        new GraphQLObjectType({ name: '_Service', fields: { sdl: { type: GraphQLString, resolve: () => sdl } } }),
      ),
      resolve: () => ({}),
    },
  };
};

const anyScalar = () =>
  new GraphQLScalarType({
    name: '_Any',
    description: 'A representation: `__typename` and the fields of one key.',
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  });

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
import { InputError } from '#lib/gateway-error.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { type Entities, entitiesOf } from '../entity.ts';
import type { PriceOf } from '../pricing/price.ts';
import { loadNode, priceOfNodes } from '../relay/node.ts';
import { keysOf } from './directives.ts';
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

/**
 * The record a representation stands for; null when it is unknown or not visible. The global id goes first: it is exact, and
 * costs least.
 * @throws InputError when the representation cannot be understood, or its natural key names several records.
 */
const resolveReference = async (
  context: RequestContext,
  entities: Entities,
  names: TypeNames,
  representation: unknown,
): Promise<RecordRef | null> => {
  const { __typename, ...fields } = asObject(representation);
  const type = typeof __typename === 'string' ? names.ownName(__typename) : '';
  if (type && typeof fields.id === 'string') return loadNode(context, entities, decodeGlobalId(fields.id, type));
  const entity = entities.get(type);
  for (const [field, load] of Object.entries(entity?.naturalKeys ?? {})) {
    const value = fields[field];
    if (typeof value === 'string') return load(context, value);
  }
  const keys = (entity ? keysOf(entity) : ['id']).map((key) => `"${key}"`).join(' or ');
  throw new InputError(`Expected a representation of an entity with ${keys} as text, got ${shown(representation)}.`);
};

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

/** Worst case of a list of representations: what fetching the records of each type costs. */
const entityPrice =
  (names: TypeNames): PriceOf =>
  (input) => {
    const representations = Array.isArray(input.args.representations) ? input.args.representations : [];
    return priceOfNodes(
      representations.map((of) => names.ownName(typeName(of))),
      input,
    );
  };

const typeName = (representation: unknown): string => String(asObject(representation).__typename ?? '');

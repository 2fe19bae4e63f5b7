import { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { PriceInput } from '../pricing/price.ts';
import { entityFields } from './entity-fields.ts';
import { printSubgraph } from './print-subgraph.ts';
import { renameTypes, TypeNames } from './type-names.ts';

export interface SubgraphOptions {
  /** False leaves `Query.node` and `Query.nodes` to another subgraph: two that have them do not compose. */
  readonly nodeFields: boolean;
  /** Put before the name of every type that other subgraphs could also want; empty: names stay. */
  readonly typePrefix: string;
  /** What one request to a source can bring, for the weights that routers price fields with. */
  readonly paging: PriceInput['paging'];
}

export interface Subgraph {
  /** The graph with `_entities` and `_service`, to be served. */
  readonly schema: GraphQLSchema;
  /** What composers read: the graph with federation directives. */
  readonly sdl: string;
}

/** The graph as a member of a supergraph (Apollo Federation 2). The graph itself is left as it is. */
export const createSubgraph = (graph: GraphQLSchema, options: SubgraphOptions): Subgraph => {
  const offered = options.nodeFields ? graph : withQueryFields(graph, ({ node: _, nodes: __, ...others }) => others);
  const names = new TypeNames(offered, options.typePrefix);
  const renamed = renameTypes(offered, names);
  const sdl = printSubgraph(renamed, names, options.paging);
  const schema = withQueryFields(renamed, (fields) => ({ ...fields, ...entityFields(renamed, names, sdl) }));
  return { schema, sdl };
};

type QueryFields = ReturnType<GraphQLObjectType['toConfig']>['fields'];

const withQueryFields = (schema: GraphQLSchema, change: (fields: QueryFields) => QueryFields): GraphQLSchema => {
  const config = schema.toConfig();
  const known = config.query;
  if (!known) return schema;
  const { fields, ...rest } = known.toConfig();
  const query = new GraphQLObjectType({ ...rest, fields: change(fields) });
  return new GraphQLSchema({ ...config, query, types: config.types.filter((type) => type !== known) });
};

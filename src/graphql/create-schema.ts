import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import type { GraphPart } from './define-entity.ts';
import { nodeQueries } from './relay/node.ts';
import './scalars.ts';

/** The graph of these parts and nothing else. To be called once: the builder takes every type only once. */
export const createSchema = (parts: readonly GraphPart[]): GraphQLSchema => {
  for (const { addToGraph } of parts) addToGraph();
  builder.queryFields(nodeQueries);
  const entities = new Map(parts.flatMap(({ entity }) => (entity ? [[entity.type, entity] as const] : [])));
  return builder.toSchema({ extensions: { entities } });
};

import type { GraphQLSchema } from 'graphql';
import { builder } from '#graphql/builder.ts';
import '#graphql/scalars.ts';
import '#graphql/node.ts';
import '#entities/source/schema.ts';
import '#entities/dependency/schema.ts';
import '#entities/cloud-organization/schema.ts';

/** The whole graph. */
export const schema: GraphQLSchema = builder.toSchema();

import type { GraphQLSchema } from 'graphql';
import { builder } from '#graphql/builder.ts';
import '#graphql/scalars.ts';
import '#graphql/node.ts';
import '#entities/source/schema.ts';
import '#entities/dependency/schema.ts';
import '#entities/cloud-organization/schema.ts';
import '#entities/network/schema.ts';
import '#entities/subnet/schema.ts';
import '#entities/host/schema.ts';
import '#entities/service/schema.ts';
import '#entities/network-tag/schema.ts';
import '#entities/daemon/schema.ts';
import '#entities/service-dependency/schema.ts';
import '#entities/discovery/schema.ts';
import '#entities/vlan/schema.ts';
import '#entities/cloud-account/schema.ts';
import '#entities/resource/schema.ts';
import '#entities/finding/schema.ts';
import '#entities/certificate/schema.ts';
import '#entities/scan/schema.ts';
import '#entities/correlation/schema.ts';
import '#entities/lookup/schema.ts';
import '#entities/graph/schema.ts';
import '#entities/change/schema.ts';

/** The whole graph. */
export const schema: GraphQLSchema = builder.toSchema();

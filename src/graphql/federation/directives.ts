import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Entity } from '../entity.ts';

type Value = string | number | boolean | readonly Value[];

/** A directive as it is written on a definition. */
export const directive = (name: string, args: Readonly<Record<string, Value>> = {}): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(args).map(([key, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: key },
    value: valueNode(value),
  })),
});

const valueNode = (value: Value): ConstValueNode => {
  if (typeof value === 'string') return { kind: Kind.STRING, value };
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value === 'number') return { kind: Kind.INT, value: String(value) };
  return { kind: Kind.LIST, values: value.map(valueNode) };
};

/** Names of the fields that each identify a record: its global id, and keys that other subgraphs hold. */
export const keysOf = (entity: Entity): readonly string[] => ['id', ...Object.keys(entity.naturalKeys)];

export const keyDirectives = (entity: Entity | undefined): ConstDirectiveNode[] =>
  entity ? keysOf(entity).map((fields) => directive('key', { fields })) : [];

/** Value types: nothing but scalars, no arguments, no identity. Another subgraph may have the same one (`PageInfo`). */
export const shareableDirectives = (schema: GraphQLSchema, name: string): ConstDirectiveNode[] => {
  const type = schema.getType(name);
  if (!isObjectType(type) || type.getInterfaces().length > 0) return [];
  const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
  const fields = Object.values(type.getFields());
  const isValue = fields.every((field) => field.args.length === 0 && isLeafType(getNamedType(field.type)));
  return isValue && !isRoot ? [directive('shareable')] : [];
};

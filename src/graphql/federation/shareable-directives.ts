import { type ConstDirectiveNode, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import { directive } from './directive.ts';

/** Value types: nothing but scalars, no arguments, no identity. Another subgraph may have the same one (`PageInfo`). */
export const shareableDirectives = (schema: GraphQLSchema, name: string): ConstDirectiveNode[] => {
  const type = schema.getType(name);
  if (!isObjectType(type) || type.getInterfaces().length > 0) return [];
  const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
  const fields = Object.values(type.getFields());
  const isValue = fields.every((field) => field.args.length === 0 && isLeafType(getNamedType(field.type)));
  return isValue && !isRoot ? [directive('shareable')] : [];
};

import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql';
import { builder } from './builder.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const DECIMAL = /^-?\d+(\.\d+)?$/;

const textMatching = (name: string, pattern: RegExp, example: string) => (value: unknown) => {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new GraphQLError(`${name} expects text like ${example}, got ${JSON.stringify(value)}.`);
};

builder.scalarType('DateTime', {
  description: 'A point in time as RFC 3339 text, e.g. "2026-01-15T10:30:00Z". Keeps the precision the upstream gave.',
  serialize: (value) => value,
  parseValue: textMatching('DateTime', RFC_3339, '"2026-01-15T10:30:00Z"'),
});

builder.scalarType('Decimal', {
  description: 'An exact decimal number as text, e.g. "28.50". Money is never a float.',
  serialize: (value) => value,
  parseValue: textMatching('Decimal', DECIMAL, '"28.50"'),
});

builder.scalarType('JSON', {
  description: 'Any JSON value, as the upstream gave it.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

builder.scalarType('BigInt', {
  description: 'An integer beyond 32 bits, such as a link speed in bits per second. A JSON number; exact up to 2^53.',
  serialize: (value) => Number(value),
  parseValue: (value) => {
    if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
    throw new GraphQLError(`BigInt expects an integer, got ${JSON.stringify(value)}.`);
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.INT) return BigInt(node.value);
    throw new GraphQLError('BigInt expects an integer.');
  },
});

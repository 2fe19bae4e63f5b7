import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Random } from '#demo/random.ts';

/** Values that operations may hold; ids that exist, so that some of them find something. */
export interface Vocabulary {
  readonly ids: readonly string[];
}

const WORDS = [
  ...['', 'a', 'web', 'db', 'eu-west-1', 'us-east-1', 'EC2', 'RDS', 'ec2', 'scanorbit', 'scanopy', 'nobody', 'default'],
  ...[
    '10.0.0.1',
    '10.20.1.0/24',
    '::1',
    'i-0123456789abcdef0',
    'arn:aws:s3:::bucket',
    '00:11:22:33:44:55',
    'ünï',
    '💥',
  ],
  ...['1; DROP TABLE hosts', '../../etc/passwd', '%00', '"\\"', 'x'.repeat(300), '2026-01-01T00:00:00Z'],
];
const NUMBERS = [0, 1, 2, 3, 5, 10, 25, 50, 100, -1, 1000, 2_147_483_647];
const DATES = ['2026-01-01T00:00:00Z', '2025-06-30T12:00:00.000Z', '1970-01-01T00:00:00Z'];

const SCALARS: Readonly<Record<string, (random: Random, vocabulary: Vocabulary) => unknown>> = {
  ID: (random, { ids }) => (random.chance(0.9) ? random.pick(ids) : random.pick(WORDS)),
  String: (random, { ids }) => (random.chance(0.95) ? random.pick(WORDS) : random.pick(ids)),
  Int: (random) => random.pick(NUMBERS),
  Float: (random) => random.pick([0, 0.5, 1, -3.25, 1e9]),
  Boolean: (random) => random.chance(0.5),
  DateTime: (random) => random.pick(DATES),
  BigInt: (random) => String(random.int(0, 1_000_000)),
  Decimal: (random) => String(random.int(0, 10_000) / 100),
  JSON: (random) => random.pick<unknown>([{}, [], 'text', 1, { a: [1, { b: null }] }]),
};

/** A value of the type as JSON. Validates, though the graph may still refuse what it means. */
export const generateValue = (type: GraphQLInputType, random: Random, vocabulary: Vocabulary): unknown => {
  if (!isNonNullType(type) && random.chance(0.05)) return null;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    return Array.from({ length: random.int(0, 4) }, () => generateValue(bare.ofType, random, vocabulary));
  }
  if (isEnumType(bare)) return random.pick(bare.getValues()).name;
  if (isInputObjectType(bare)) return generateObject(bare, random, vocabulary);
  return SCALARS[bare.name]?.(random, vocabulary) ?? null;
};

const generateObject = (type: GraphQLInputObjectType, random: Random, vocabulary: Vocabulary): object => {
  const fields = Object.values(type.getFields());
  if (type.isOneOf) {
    const field = random.pick(fields);
    const value = generateValue(field.type, random, vocabulary) ?? random.pick(WORDS);
    return { [field.name]: value };
  }
  const chosen = fields.filter((field) => isNonNullType(field.type) || random.chance(0.3));
  return Object.fromEntries(chosen.map((field) => [field.name, generateValue(field.type, random, vocabulary)]));
};

/** The value as it stands in a document. */
export const literal = (value: unknown, type: GraphQLInputType): string => {
  const bare = getNullableType(type);
  if (value === null || value === undefined) return 'null';
  if (isListType(bare)) return `[${(value as unknown[]).map((item) => literal(item, bare.ofType)).join(', ')}]`;
  if (isEnumType(bare)) return String(value);
  if (isInputObjectType(bare)) {
    const fields = bare.getFields();
    const parts = Object.entries(value).map(
      ([key, of]) => `${key}: ${fields[key] ? literal(of, fields[key].type) : 0}`,
    );
    return `{ ${parts.join(', ')} }`;
  }
  return untyped(value);
};

const untyped = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(untyped).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, of]) => `${key}: ${untyped(of)}`)
    .join(', ')} }`;
};

import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Random } from '#demo/random.ts';
import { generateValue, literal, type Vocabulary } from './generate-value.ts';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const MOST_DEEP = 5;

/** One operation that validates against the schema: arguments, variables, aliases, fragments and directives included. */
export const generateOperation = (schema: GraphQLSchema, random: Random, vocabulary: Vocabulary): GeneratedOperation =>
  new Generator(schema, random, vocabulary).operation();

class Generator {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  readonly #variables: Record<string, unknown> = {};
  readonly #declarations: string[] = [];
  readonly #fragments: string[] = [];
  #names = 0;

  constructor(schema: GraphQLSchema, random: Random, vocabulary: Vocabulary) {
    this.#schema = schema;
    this.#random = random;
    this.#vocabulary = vocabulary;
  }

  operation(): GeneratedOperation {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('The schema has no queries');
    const fields = this.#some(Object.values(root.getFields()), 3);
    const selection = fields.map((field) => this.#field(field, MOST_DEEP)).join('\n  ');
    const declared = this.#declarations.length > 0 ? `(${this.#declarations.join(', ')})` : '';
    const query = `query ${this.#name('Fuzz')}${declared} {\n  ${selection}\n}\n${this.#fragments.join('\n')}`;
    return { query, variables: this.#variables };
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    // Always under an alias of its own: two choices of one field with different arguments would not merge.
    const head = `${this.#name('f')}: ${field.name}${this.#args(field.args)}${this.#directive()}`;
    return isCompositeType(type) ? `${head} { ${this.#selection(type, depth - 1)} }` : head;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const own = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const fits = own.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
    const parts = fits.length > 0 ? this.#some(fits, 4).map((field) => this.#field(field, depth)) : [];
    if (isAbstractType(type) && depth > 0) {
      const concrete = this.#random.pick(this.#schema.getPossibleTypes(type));
      parts.push(`... on ${concrete.name} { ${this.#selection(concrete, depth - 1)} }`);
    }
    if (parts.length === 0 || this.#random.chance(0.1)) parts.push('__typename');
    return this.#random.chance(0.1) ? this.#asFragment(type, parts.join(' ')) : parts.join(' ');
  }

  #asFragment(type: GraphQLNamedType, selection: string): string {
    const name = this.#name('Part');
    this.#fragments.push(`fragment ${name} on ${type.name} { ${selection} }`);
    return `...${name}`;
  }

  #args(args: readonly GraphQLArgument[]): string {
    const given = args.filter((arg) => isRequiredArgument(arg) || this.#random.chance(0.35));
    return given.length > 0 ? `(${given.map((arg) => `${arg.name}: ${this.#argument(arg)}`).join(', ')})` : '';
  }

  #argument({ type }: GraphQLArgument): string {
    const value = generateValue(type, this.#random, this.#vocabulary);
    if (!this.#random.chance(0.3)) return literal(value, type);
    const name = this.#name('v');
    this.#declarations.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #directive(): string {
    if (!this.#random.chance(0.05)) return '';
    return ` @${this.#random.pick(['include', 'skip'])}(if: ${this.#random.chance(0.5)})`;
  }

  #some<T>(items: readonly T[], most: number): T[] {
    return Array.from({ length: this.#random.int(1, most) }, () => this.#random.pick(items));
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }
}

/** The query does not parse: 400 in plain text, unlike every other failure. */
export class BadQueryError extends Error {
  constructor(detail: string) {
    super(`Failed to deserialize query string: ${detail}`);
    this.name = 'BadQueryError';
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_U32 = 4_294_967_295;

export const isUuid = (text: string): boolean => UUID.test(text);

export type ValueKind = 'uuid' | 'text' | 'flag' | 'number';

/** One filter that a list understands; any key that no parameter names is ignored. */
export interface Parameter<Row> {
  readonly key: string;
  /** An older name for the same field: sending both is an error. */
  readonly alias?: string;
  readonly kind: ValueKind;
  /** Whether the key may be sent several times. Commas never separate values. */
  readonly repeated: boolean;
  readonly matches: (row: Row, values: ReadonlySet<string>) => boolean;
}

/** An empty scalar is as absent. @throws BadQueryError on a scalar sent twice, on a value that does not parse, and on a field sent with its alias. */
export function filterOf<Row>(query: URLSearchParams, parameters: readonly Parameter<Row>[]): (row: Row) => boolean {
  const active = parameters.flatMap((parameter) => {
    const values = valuesOf(query, parameter);
    return values.size === 0 ? [] : [(row: Row) => parameter.matches(row, values)];
  });
  return (row) => active.every((matches) => matches(row));
}

function valuesOf<Row>(query: URLSearchParams, { key, alias, kind, repeated }: Parameter<Row>): ReadonlySet<string> {
  const named = query.getAll(key);
  const aliased = alias === undefined ? [] : query.getAll(alias);
  const values = [...named, ...aliased];
  if (named.length > 0 && aliased.length > 0) throw new BadQueryError(`duplicate field \`${key}\``);
  if (!repeated && values.length > 1) throw new BadQueryError(`duplicate field \`${key}\``);
  const given = repeated ? values : values.filter((value) => value !== '');
  return new Set(given.map((value) => checked(key, kind, value)));
}

function checked(key: string, kind: ValueKind, value: string): string {
  if (kind === 'uuid' && !isUuid(value))
    throw new BadQueryError(`${key}: UUID parsing failed: invalid length or character`);
  if (kind === 'flag' && value !== 'true' && value !== 'false') {
    throw new BadQueryError(`${key}: provided string was not \`true\` or \`false\``);
  }
  if (kind === 'number' && !/^\d+$/.test(value)) throw new BadQueryError(`${key}: invalid digit found in string`);
  return kind === 'uuid' ? value.toLowerCase() : value;
}

/** Absent or empty: the fallback. @throws BadQueryError on anything but one unsigned 32-bit number. */
export function numberOf(query: URLSearchParams, key: string, fallback: number): number {
  const text = scalarOf(query, key);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > MAX_U32) throw new BadQueryError(`${key}: invalid digit found in string`);
  return value;
}

/** @throws BadQueryError when the value is none of the allowed, or sent twice. */
export function choiceOf(query: URLSearchParams, key: string, allowed: readonly string[]): string | null {
  const text = scalarOf(query, key);
  if (text === null || allowed.includes(text)) return text;
  const names = allowed.map((name) => `\`${name}\``).join(', ');
  throw new BadQueryError(`${key}: unknown variant \`${text}\`, expected one of ${names}`);
}

function scalarOf(query: URLSearchParams, key: string): string | null {
  const values = query.getAll(key);
  if (values.length > 1) throw new BadQueryError(`duplicate field \`${key}\``);
  return values[0] ?? null;
}

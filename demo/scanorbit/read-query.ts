/** One reason why a query is refused, in the words of the validation library that the product uses. */
export type Complaint = Readonly<Record<string, unknown>> & { readonly message: string };

export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** What was read, or what is wrong with it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

const uuidPattern =
  /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;

export type FilterKind = 'text' | 'uuid' | readonly string[];

/**
 * `page`, `limit` and the named filters. Unknown keys are not looked at, empty text filters count as absent, and
 * every other filter must be right and come once.
 */
export function readQuery<Name extends string>(
  query: URLSearchParams,
  filters: Readonly<Record<Name, FilterKind>>,
): Reading<PageRequest & { readonly filters: Readonly<Partial<Record<Name, string>>> }> {
  const complaints: Complaint[] = [];
  const keep = <T>(reading: Reading<T>, fallback: T): T => {
    if (reading.ok) return reading.value;
    complaints.push(...reading.complaints);
    return fallback;
  };
  const page = keep(readNumber(query, 'page', 1, Number.MAX_SAFE_INTEGER), 1);
  const limit = keep(readNumber(query, 'limit', 50, 100), 50);
  const values: Partial<Record<Name, string>> = {};
  for (const [name, kind] of Object.entries(filters) as [Name, FilterKind][]) {
    const value = keep(readFilter(query, name, kind), undefined);
    if (value !== undefined) values[name] = value;
  }
  return complaints.length === 0 ? { ok: true, value: { page, limit, filters: values } } : { ok: false, complaints };
}

/** The key stands before the message, as it does upstream. */
function at(key: string, { message, ...what }: Complaint): Complaint {
  return { ...what, path: [key], message };
}

/** Whatever JavaScript takes for a number: ` 10`, `1e1` and `0x10` are numbers, `` is 0, two values are none. */
function readNumber(query: URLSearchParams, key: string, absent: number, maximum: number): Reading<number> {
  const values = query.getAll(key);
  if (values.length === 0) return { ok: true, value: absent };
  const number = values.length > 1 ? Number.NaN : Number(values[0]);
  const complaint = numberComplaint(number, maximum);
  return complaint === undefined ? { ok: true, value: number } : { ok: false, complaints: [at(key, complaint)] };
}

function numberComplaint(number: number, maximum: number): Complaint | undefined {
  if (Number.isNaN(number)) {
    const message = 'Invalid input: expected number, received NaN';
    return { expected: 'number', code: 'invalid_type', received: 'NaN', message };
  }
  if (!Number.isInteger(number)) {
    const message = 'Invalid input: expected int, received number';
    return { expected: 'int', format: 'safeint', code: 'invalid_type', message };
  }
  if (number <= 0) {
    const message = 'Too small: expected number to be >0';
    return { origin: 'number', code: 'too_small', minimum: 0, inclusive: false, message };
  }
  if (number <= maximum) return undefined;
  const message = `Too big: expected number to be <=${maximum}`;
  return { origin: 'number', code: 'too_big', maximum, inclusive: true, message };
}

function readFilter(query: URLSearchParams, key: string, kind: FilterKind): Reading<string | undefined> {
  const values = query.getAll(key);
  const value = values[0];
  const no = (complaint: Complaint): Reading<string | undefined> => ({
    ok: false,
    complaints: [at(key, complaint)],
  });
  if (values.length > 1) {
    const message = 'Invalid input: expected string, received array';
    return no({ expected: 'string', code: 'invalid_type', message });
  }
  if (value === undefined) return { ok: true, value: undefined };
  if (kind === 'text') return { ok: true, value: value === '' ? undefined : value };
  if (kind === 'uuid') {
    if (uuidPattern.test(value)) return { ok: true, value: value.toLowerCase() };
    return no({
      origin: 'string',
      code: 'invalid_format',
      format: 'uuid',
      pattern: String(uuidPattern),
      message: 'Invalid UUID',
    });
  }
  if (kind.includes(value)) return { ok: true, value };
  const options = kind.map((option) => `"${option}"`).join('|');
  return no({ code: 'invalid_value', values: kind, message: `Invalid option: expected one of ${options}` });
}

/** The leading integer, between 1 and 100; 10 where there is none. */
export function readScanLimit(query: URLSearchParams): number {
  const number = Number.parseInt(query.get('limit') ?? '', 10);
  return Number.isNaN(number) ? 10 : Math.min(100, Math.max(1, number));
}

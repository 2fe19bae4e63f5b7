type Values = Readonly<Record<string, unknown>>;

/** The members of a GraphQL request in JSON. */
export interface QueryParams {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Values | null | undefined;
  readonly extensions?: Values | null | undefined;
}

/** @returns null for everything that is not a GraphQL request in JSON; the document may be named by a hash instead */
export const queryParams = (body: string): Partial<QueryParams> | null => {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isObject(given)) return null;
  for (const name of Object.keys(given)) if (!MEMBERS.get(name)?.(given[name] ?? undefined)) return null;
  return given;
};

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isValues = (value: unknown): boolean => value === undefined || isObject(value);

const MEMBERS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['query', isText],
  ['operationName', isText],
  ['variables', isValues],
  ['extensions', isValues],
]);

import { InputError } from '#lib/gateway-error.ts';

/** Names one record: its GraphQL type, the source that holds it, and its own id there. Ids are unique within a type of a source only. */
export interface RecordRef<Type extends string = string> {
  readonly type: Type;
  /** Name of the source in the configuration. */
  readonly source: string;
  /** The upstream's own id. */
  readonly id: string;
}

/** A record whose type is known from the context, as in a loader of one type. */
export type RowRef = Omit<RecordRef, 'type'>;

/** The reference alone, of a record with other fields. */
export const refOf = <Type extends string>({ type, source, id }: RecordRef<Type>): RecordRef<Type> => ({
  type,
  source,
  id,
});

/** Equal for two references exactly when they name the same record. Source names hold no colon. */
export const refKey = ({ type, source, id }: RecordRef): string => `${type}:${source}:${id}`;

/** Opaque to clients, stable across releases: base64url of `Type:source:id`. */
export const encodeGlobalId = (record: RecordRef): string => Buffer.from(refKey(record), 'utf8').toString('base64url');

const SHAPE = /^([A-Za-z_]\w*):([^:]+):(.+)$/s;

/** @returns null when the text is not one of {@link refKey}. */
export const parseRefKey = (text: string): RecordRef | null => {
  const match = SHAPE.exec(text);
  return match?.[1] && match[2] && match[3] ? { type: match[1], source: match[2], id: match[3] } : null;
};

/** @returns null when the text is not an id of this graph. */
export const parseGlobalId = (text: string): RecordRef | null => {
  const parsed = parseRefKey(Buffer.from(text, 'base64url').toString('utf8'));
  return parsed && encodeGlobalId(parsed) === text ? parsed : null;
};

/** @throws InputError when the text is not an id of this graph, or names another type. */
export const decodeGlobalId = <Type extends string>(text: string, expectedType?: Type): RecordRef<Type> => {
  const parsed = parseGlobalId(text);
  if (!parsed)
    throw new InputError(`Expected a global id as the field "id" gives it, got ${JSON.stringify(text.slice(0, 80))}.`);
  if (expectedType && parsed.type !== expectedType) {
    throw new InputError(`Expected the id of a ${expectedType}, got the id of a ${parsed.type}.`);
  }
  return parsed as RecordRef<Type>;
};

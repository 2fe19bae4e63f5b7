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

/** Equal for two references exactly when they name the same record. Source names hold no colon. */
export const refKey = ({ type, source, id }: RecordRef): string => `${type}:${source}:${id}`;

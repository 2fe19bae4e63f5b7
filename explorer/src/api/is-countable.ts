import type { SourceHealth, SourceKind } from '../gql/graphql.ts';

interface Source {
  readonly kind: SourceKind;
  readonly health: SourceHealth;
  readonly index: { readonly complete: boolean; readonly records: number };
}

/** Its lists have been read by the index: looking through them costs no upstream request. */
const isRead = ({ index }: Source): boolean => index.complete || index.records > 0;

const answers = ({ health }: Source): boolean => health !== 'UNAVAILABLE' && health !== 'UNAUTHORIZED';

/** Whether the index holds the records of one kind of source; those of a source that is down are not waited for. */
export const isCountable = (sources: readonly Source[], kind: SourceKind): boolean => {
  const ofKind = sources.filter((source) => source.kind === kind);
  return ofKind.some(isRead) && ofKind.every((source) => isRead(source) || !answers(source));
};

import type { SourceSide } from '#lib/source-side.ts';
import type { KeyedSource } from './keyed-source.ts';
import { sourceIdentity } from './source-identity.ts';
import type { AnySourceKind, SourceKind } from './source-kind.ts';
import type { Source, SourceOf } from './source-set.ts';

/** Builds transport and client of one source. Sends nothing yet. @throws Error for a kind that is not among `kinds`. */
export const openSource = (kinds: readonly AnySourceKind[], source: KeyedSource): Source => {
  const kind = kinds.find(({ name }) => name === source.options.kind);
  if (!kind) {
    const known = kinds.map(({ name }) => JSON.stringify(name)).join(', ');
    throw new Error(`Expected the kind of a source to be one of ${known}, got ${JSON.stringify(source.options.kind)}.`);
  }
  return kind.side === 'CLOUD' ? opened(kind, source) : opened(kind, source);
};

const opened = <S extends SourceSide>(kind: SourceKind<S>, source: KeyedSource): SourceOf<S> => ({
  side: kind.side,
  kind,
  name: source.options.name,
  identity: sourceIdentity(source),
  client: kind.open(source, kind.limits),
  index: null,
});

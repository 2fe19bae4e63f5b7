import { CONFIDENCES } from '#entities/dependency/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { type HashIndex, HashIndexWriter, hashOf, valuesOf } from '#lib/hash-index.ts';
import { type TextTable, TextTableWriter, textAt } from '#lib/text-table.ts';
import { type Arrow, type ArrowsOfSync, arrowKey, compareArrows } from './arrow.ts';
import { RELATIONS, relationOfKind } from './relations.ts';

/** Arrows in columns, one row each, which a thread hands to another without a copy. */
export interface ArrowTable {
  readonly vertices: TextTable;
  /** Numbers of `vertices`. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Codes; of an arrow that names no relation, that of its kind with {@link UNNAMED}. */
  readonly relations: Uint8Array;
  /** Positions in `CONFIDENCES`. */
  readonly confidences: Uint8Array;
  /** Positions in `words`. */
  readonly relationships: Uint16Array;
  readonly words: readonly (string | null)[];
  /** Rows by the hash of either end. */
  readonly byEnd: HashIndex;
}

const UNNAMED = 0x80;

export const arrowTable = (arrows: readonly Arrow[]): ArrowTable => {
  const numbers = new Map<string, number>();
  const vertices = new TextTableWriter();
  const hashes: number[] = [];
  const numberOf = (vertex: string): number =>
    getOrMake(numbers, vertex, () => {
      hashes.push(hashOf(vertex));
      return vertices.add(vertex);
    });
  const words = new Map<string | null, number>();
  const byEnd = new HashIndexWriter();
  const [from, to] = [new Uint32Array(arrows.length), new Uint32Array(arrows.length)];
  arrows.forEach((arrow, row) => {
    const [start, end] = [numberOf(arrow.from), numberOf(arrow.to)];
    from[row] = start;
    to[row] = end;
    byEnd.add(hashes[start] ?? 0, row);
    byEnd.add(hashes[end] ?? 0, row);
  });
  return {
    vertices: vertices.finish(),
    from,
    to,
    relations: Uint8Array.from(arrows, ({ relation, kind }) => relation?.code ?? relationOfKind(kind).code | UNNAMED),
    confidences: Uint8Array.from(arrows, ({ confidence }) => CONFIDENCES.indexOf(confidence)),
    relationships: Uint16Array.from(arrows, ({ relationship }) => getOrMake(words, relationship, () => words.size)),
    words: [...words.keys()],
    byEnd: byEnd.finish(),
  };
};

const arrowAt = (table: ArrowTable, row: number): Arrow => {
  const code = table.relations[row] ?? 0;
  const relation = RELATIONS[code & ~UNNAMED];
  if (!relation) throw new RangeError(`Expected the code of a relation, got ${code}.`);
  return {
    from: textAt(table.vertices, table.from[row] ?? 0),
    to: textAt(table.vertices, table.to[row] ?? 0),
    kind: relation.kind,
    relationship: table.words[table.relationships[row] ?? 0] ?? null,
    confidence: CONFIDENCES[table.confidences[row] ?? 0] ?? 'LOW',
    ...((code & UNNAMED) === 0 && { relation }),
  };
};

/** The arrows of a vertex in several tables: in a fixed order, and of repeated ones only that with the highest confidence. */
export const arrowsIn =
  (tables: readonly ArrowTable[]): ArrowsOfSync =>
  (vertex) => {
    const hash = hashOf(vertex);
    const found = tables.flatMap((table) =>
      Array.from(valuesOf(table.byEnd, hash), (row) => arrowAt(table, row)).filter(
        ({ from, to }) => from === vertex || to === vertex,
      ),
    );
    return withoutRepeats(found);
  };

const withoutRepeats = (arrows: readonly Arrow[]): readonly Arrow[] => {
  const seen = new Set<string>();
  return [...arrows].sort(compareArrows).filter((arrow) => {
    const key = arrowKey(arrow);
    return !seen.has(key) && Boolean(seen.add(key));
  });
};

/** The arrows of each vertex, of arrows that are all at hand. */
export const indexArrows = (arrows: Iterable<Arrow>): { readonly arrowsOf: ArrowsOfSync } => ({
  arrowsOf: arrowsIn([arrowTable([...arrows])]),
});

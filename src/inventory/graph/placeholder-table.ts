import { type HashIndex, HashIndexWriter, hashOf, valuesOf } from '#lib/hash-index.ts';
import { type TextTable, textAt, textTable } from '#lib/text-table.ts';
import type { Placeholder } from '../identifiers/resolve-target.ts';

/** What vertices without a record stand for, in flat arrays. */
export interface PlaceholderTable {
  readonly byVertex: HashIndex;
  /** The fields of each. */
  readonly texts: TextTable;
}

const BETWEEN = '\0';

export const placeholderTable = (placeholders: ReadonlyMap<string, Placeholder>): PlaceholderTable => {
  const byVertex = new HashIndexWriter();
  const texts: string[] = [];
  for (const [vertex, { source, id, kind, identifier }] of placeholders) {
    byVertex.add(hashOf(vertex), texts.length);
    texts.push([vertex, source, id, kind, identifier].join(BETWEEN));
  }
  return { byVertex: byVertex.finish(), texts: textTable(texts) };
};

export const placeholderIn = (tables: readonly PlaceholderTable[], vertex: string): Placeholder | null => {
  const hash = hashOf(vertex);
  for (const { byVertex, texts } of tables) {
    for (const row of valuesOf(byVertex, hash)) {
      const [of, source = '', id = '', kind = '', identifier = ''] = textAt(texts, row).split(BETWEEN);
      if (of === vertex) return { type: 'Placeholder', source, id, kind, identifier };
    }
  }
  return null;
};

import { encodeGlobalId } from '#lib/record-ref.ts';
import { textTable } from '#lib/text-table.ts';
import type { NamedFacts } from '../facts.ts';
import { arrowTable } from '../graph/arrow-table.ts';
import { placeholderTable } from '../graph/placeholder-table.ts';
import { hashAliases } from '../identifiers/alias-index.ts';
import type { Part } from './messages.ts';

/** The names of some records. */
export const namesPart = (records: readonly NamedFacts[]): Pick<Part, 'owners' | 'byAlias'> => ({
  owners: textTable(records.map(encodeGlobalId)),
  byAlias: hashAliases(records),
});

/** Made anew each time, since it is moved to another thread. */
export const noRelations = (): Pick<Part, 'arrows' | 'placeholders'> => ({
  arrows: arrowTable([]),
  placeholders: placeholderTable(new Map()),
});

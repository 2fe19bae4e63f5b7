import { refKey } from '#lib/record-ref.ts';
import { textTable } from '#lib/text-table.ts';
import type { NamedFacts } from '../facts.ts';
import { hashAliases } from '../identifiers/alias-index.ts';
import type { PartNames } from './messages.ts';

/** The names of some records. */
export const namesOf = (records: readonly NamedFacts[]): PartNames => ({
  owners: textTable(records.map(refKey)),
  byAlias: hashAliases(records),
});

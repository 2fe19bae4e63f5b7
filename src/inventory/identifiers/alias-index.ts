import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import { compareText } from '#lib/compare.ts';
import { type HashIndex, HashIndexWriter, hashOf, valuesOf } from '#lib/hash-index.ts';
import type { NamedFacts, ResourceFacts } from '../facts.ts';
import { ALIAS_KINDS, type Alias, type AliasKind, type IdentifierKind, identifierKindOf } from './identifier.ts';
import { type Interpretation, parseIdentifier } from './parse-identifier.ts';
import {
  accountAliases,
  certificateAliases,
  hostAliases,
  resourceAliases,
  serviceAliases,
  subnetAliases,
  titleAliases,
} from './record-aliases.ts';

export interface AliasHit<Owner = NamedFacts> {
  readonly term: string;
  readonly matchedOn: IdentifierKind;
  readonly owner: Owner;
}

export interface AliasIndex<Owner = NamedFacts> {
  /** Every record that the term may name, each once and with the most specific interpretation of the term; sorted by interpretation, then by id. */
  lookup(term: string): readonly AliasHit<Owner>[];
  /** The owners of one alias, by source and id. */
  ownersOf(kind: AliasKind, key: string): readonly Owner[];
  /** How many there are in all. */
  readonly aliases: number;
}

/** The aliases of some records by their hashes. Names are not kept: the records have them. */
export interface AliasSegment<Owner> {
  readonly byAlias: HashIndex;
  /** The record with a number of `byAlias`; null when it is gone. */
  readonly owner: (ordinal: number) => Owner | null;
}

const SEEDS: Readonly<Record<string, number>> = Object.fromEntries(ALIAS_KINDS.map((kind, i) => [kind, i + 1]));

export const hashOfAlias = (kind: AliasKind, key: string): number => hashOf(key, SEEDS[kind]);

/** By record in order: `byAlias` of their segment. */
export const hashAliases = (records: Iterable<NamedFacts>): HashIndex => {
  const writer = new HashIndexWriter();
  let ordinal = 0;
  for (const record of records) {
    for (const { kind, key } of aliasesOf(record)) writer.add(hashOfAlias(kind, key), ordinal);
    ordinal += 1;
  }
  return writer.finish();
};

export const aliasesOf = (record: NamedFacts): readonly Alias[] => {
  switch (record.type) {
    case 'CloudAccount':
      return accountAliases(record);
    case 'Resource':
      return resourceAliases(record);
    case 'Certificate':
      return certificateAliases(record);
    case 'Network':
      return titleAliases(record);
    case 'Subnet':
      return subnetAliases(record);
    case 'Host':
      return hostAliases(record);
    case 'Service':
      return serviceAliases(record);
  }
};

/**
 * Finds records by their names. A segment may be older than the records that it leads to: one that has lost the name is not found.
 * @param accounts with the numbers that ARNs contain
 */
export const aliasIndex = <Owner extends NamedFacts>(
  segments: readonly AliasSegment<Owner>[],
  accounts: readonly CloudAccountModel[] = [],
): AliasIndex<Owner> => {
  const ownersOf = (kind: AliasKind, key: string): Owner[] => {
    const hash = hashOfAlias(kind, key);
    const isNamed = (owner: Owner) => aliasesOf(owner).some((alias) => alias.kind === kind && alias.key === key);
    const found: Owner[] = [];
    for (const { byAlias, owner } of segments) {
      for (const ordinal of valuesOf(byAlias, hash)) {
        const record = owner(ordinal);
        if (record && isNamed(record)) found.push(record);
      }
    }
    return found.sort(bySourceAndId);
  };
  const numbers = new Map(accounts.map(({ source, id, awsAccountNumber }) => [`${source}\0${id}`, awsAccountNumber]));
  const numberOf = ({ source, accountId }: ResourceFacts) => numbers.get(`${source}\0${accountId}`);
  const inScope = ({ region, accountNumber }: Interpretation, owner: NamedFacts): boolean => {
    if (owner.type !== 'Resource') return true;
    const regionAgrees = !region || !owner.region || owner.region === 'global' || owner.region === region;
    return regionAgrees && (!accountNumber || (numberOf(owner) ?? accountNumber) === accountNumber);
  };
  return {
    aliases: segments.reduce((sum, { byAlias }) => sum + byAlias.hashes.length, 0),
    ownersOf,
    lookup(term) {
      const hits = new Map<Owner, AliasHit<Owner>>();
      for (const meaning of parseIdentifier(term)) {
        for (const owner of ownersOf(meaning.kind, meaning.key)) {
          if (hits.has(owner) || !inScope(meaning, owner)) continue;
          hits.set(owner, { term, matchedOn: identifierKindOf(meaning), owner });
        }
      }
      return [...hits.values()];
    },
  };
};

/** An index of records that are all at hand. */
export const createAliasIndex = <Owner extends NamedFacts>(records: readonly Owner[]): AliasIndex<Owner> =>
  aliasIndex(
    [{ byAlias: hashAliases(records), owner: (ordinal) => records[ordinal] ?? null }],
    records.filter((record): record is Owner & CloudAccountModel => record.type === 'CloudAccount'),
  );

const bySourceAndId = (a: NamedFacts, b: NamedFacts): number =>
  compareText(a.source, b.source) || compareText(a.type, b.type) || compareText(a.id, b.id);

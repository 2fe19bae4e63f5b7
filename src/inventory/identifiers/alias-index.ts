import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import { compareText } from '#lib/compare.ts';
import { AliasMap } from './alias-map.ts';
import { type AliasKind, type IdentifierKind, identifierKindOf } from './identifier.ts';
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

/** A record that can be found by its names. The index refers to the records and copies only their names. */
type AliasOwner =
  | ResourceModel
  | HostModel
  | ServiceModel
  | SubnetModel
  | NetworkModel
  | NamedCertificate
  | CloudAccountModel;

/** The records to index, of all sources together. */
export interface AliasedRecords {
  readonly accounts?: readonly CloudAccountModel[];
  readonly resources?: readonly ResourceModel[];
  readonly certificates?: readonly NamedCertificate[];
  readonly networks?: readonly NetworkModel[];
  readonly subnets?: readonly SubnetModel[];
  /** With their embedded services, which are indexed too. */
  readonly hosts?: readonly HostModel[];
}

export interface AliasHit {
  readonly term: string;
  readonly matchedOn: IdentifierKind;
  readonly owner: AliasOwner;
}

export interface AliasIndex {
  /** Every record that the term may name, each once and with the most specific interpretation of the term; sorted by interpretation, then by id. */
  lookup(term: string): readonly AliasHit[];
  /** The owners of one alias, by source and id. */
  ownersOf(kind: AliasKind, key: string): readonly AliasOwner[];
  /** How many there are in all. */
  readonly aliases: number;
}

/** Builds the index, in about 1 µs an alias. It never changes afterwards: a changed snapshot gets a new index. */
export function createAliasIndex(records: AliasedRecords): AliasIndex {
  const map = new AliasMap<AliasOwner>();
  const accountNumbers = new Map<string, string>();
  for (const account of records.accounts ?? []) {
    map.add(account, accountAliases(account));
    accountNumbers.set(`${account.source}\0${account.id}`, account.awsAccountNumber);
  }
  for (const resource of records.resources ?? []) map.add(resource, resourceAliases(resource));
  for (const certificate of records.certificates ?? []) map.add(certificate, certificateAliases(certificate));
  for (const network of records.networks ?? []) map.add(network, titleAliases(network));
  for (const subnet of records.subnets ?? []) map.add(subnet, subnetAliases(subnet));
  for (const host of records.hosts ?? []) {
    map.add(host, hostAliases(host));
    for (const service of host.services) map.add(service, serviceAliases(service));
  }

  const ownersOf = (kind: AliasKind, key: string) => map.get(kind, key).sort(bySourceAndId);
  const numberOf = ({ source, accountId }: ResourceModel) => accountNumbers.get(`${source}\0${accountId}`);
  const inScope = ({ region, accountNumber }: Interpretation, owner: AliasOwner): boolean => {
    if (owner.type !== 'Resource') return true;
    const regionAgrees = !region || !owner.region || owner.region === 'global' || owner.region === region;
    return regionAgrees && (!accountNumber || (numberOf(owner) ?? accountNumber) === accountNumber);
  };

  return {
    aliases: map.aliases,
    ownersOf,
    lookup(term) {
      const hits = new Map<AliasOwner, AliasHit>();
      for (const meaning of parseIdentifier(term)) {
        for (const owner of ownersOf(meaning.kind, meaning.key)) {
          if (hits.has(owner) || !inScope(meaning, owner)) continue;
          hits.set(owner, { term, matchedOn: identifierKindOf(meaning), owner });
        }
      }
      return [...hits.values()];
    },
  };
}

const bySourceAndId = (a: AliasOwner, b: AliasOwner): number =>
  compareText(a.source, b.source) || compareText(a.type, b.type) || compareText(a.id, b.id);

import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { HashIndex } from '#lib/hash-index.ts';
import type { TextTable } from '#lib/text-table.ts';
import type { CorrelationConfig } from '../correlation/correlation-input.ts';
import type { CorrelationTable } from '../correlation/correlation-table.ts';
import type { EdgeFacts, MachineFacts, ResourceFacts } from '../facts.ts';
import type { ArrowTable } from '../graph/arrow-table.ts';
import type { PlaceholderTable } from '../graph/placeholder-table.ts';

/** What a source holds besides its many rows. */
export type SourceHead =
  | {
      readonly side: 'CLOUD';
      readonly accounts: readonly CloudAccountModel[];
      readonly certificates: readonly NamedCertificate[];
    }
  | {
      readonly side: 'NETWORK';
      readonly networks: readonly NetworkModel[];
      readonly subnets: readonly SubnetModel[];
      readonly tags: readonly NetworkTagModel[];
      readonly discoveries: readonly DiscoveryModel[];
      readonly serviceDependencies: readonly ServiceDependencyModel[];
    };

/** Edges are null where they are as they were. */
export type ResourceWithEdges = readonly [ResourceFacts, readonly EdgeFacts[] | null];

/** A row that differs in nothing but when it was seen. */
export type RowSeenAgain = readonly [part: string, id: string, lastSeenAt: ResourceFacts['lastSeenAt']];

/** A row by the part of its source that it belongs to: the account of a resource, the network of a host. */
export type RowOfPart = readonly [part: string, id: string];

/** What changed in a source since it was last sent. Rows are JSON: it is packed and unpacked faster than objects are copied. */
export type SourceNews =
  | { readonly kind: 'RESOURCES'; readonly source: string; readonly rows: string }
  | { readonly kind: 'HOSTS'; readonly source: string; readonly rows: string }
  | { readonly kind: 'GONE'; readonly source: string; readonly rows: readonly RowOfPart[] }
  | { readonly kind: 'HEAD'; readonly source: string; readonly head: SourceHead };

export type ResourceRows = readonly (ResourceWithEdges | RowSeenAgain)[];
export type HostRows = readonly MachineFacts[];

/** Asks for what follows from these sources together, after their news were sent. */
export interface DeriveRequest {
  readonly kind: 'DERIVE';
  readonly sources: readonly { readonly source: string; readonly complete: boolean }[];
  readonly rules: Partial<CorrelationConfig>;
}

export type DerivationMessage = SourceNews | DeriveRequest;

/** Under which names the records of a part are found. */
export interface PartNames {
  /** Keys of the records with names (`refKey`), in the order of `byAlias`. */
  readonly owners: TextTable;
  readonly byAlias: HashIndex;
}

export interface PartRelations {
  readonly arrows: ArrowTable;
  readonly placeholders: PlaceholderTable;
}

/** What follows from one part of a source: an account, a network, or what belongs to neither. */
export interface Part {
  readonly names?: PartNames;
  readonly relations?: PartRelations;
}

export interface SourceParts {
  readonly source: string;
  /** What is new of each part, by name; null: there is no such part any more. All that is not in here stays as it was. */
  readonly changed: readonly (readonly [name: string, part: Part | null])[];
}

export interface DeriveAnswer {
  readonly sources: readonly SourceParts[];
  /** Tables that are not in here stayed as they were. */
  readonly correlation: Partial<CorrelationTable>;
  /** Between sources, unless these stayed as they were. */
  readonly arrows?: ArrowTable;
}

/** Every buffer in an answer: they are moved to the other thread. */
export const buffersOf = (value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] => {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.push(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
};

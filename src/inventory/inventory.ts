import { ASSET_TYPES, type AssetRef } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { parseGlobalId, refKey } from '#lib/record-ref.ts';
import { type CorrelationResult, correlate } from './correlation/correlate.ts';
import type { Correlation } from './correlation/correlation.ts';
import type { CloudRecords, CorrelationConfig } from './correlation/correlation-input.ts';
import { type InventoryArrows, inventoryArrows } from './graph/inventory-arrows.ts';
import { type AliasIndex, createAliasIndex } from './identifiers/alias-index.ts';
import { certificatesOf } from './snapshot/derived.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from './snapshot/snapshot.ts';

export type AssetRecord = ResourceModel | HostModel | ServiceModel;

/**
 * One snapshot of everything a viewer may read, and what follows from it. Immutable; each part is computed on first use and kept
 * as long as the snapshots stay the same.
 */
export class Inventory {
  readonly cloud: readonly CloudSnapshot[];
  readonly network: readonly NetworkSnapshot[];
  /** Names of sources that are not (wholly) read yet: what they hold is unknown, not absent. */
  readonly gaps: readonly string[];
  readonly #rules: Partial<CorrelationConfig>;
  #assets: ReadonlyMap<string, AssetRecord> | null = null;
  #aliases: AliasIndex | null = null;
  #correlations: CorrelationResult | null = null;
  #arrows: InventoryArrows | null = null;
  #links: ReadonlyMap<string, readonly Correlation[]> | null = null;

  constructor(snapshots: readonly Snapshot[], gaps: readonly string[], rules: Partial<CorrelationConfig>) {
    this.cloud = snapshots.filter((snapshot) => snapshot.side === 'CLOUD');
    this.network = snapshots.filter((snapshot) => snapshot.side === 'NETWORK');
    this.gaps = gaps;
    this.#rules = rules;
  }

  /** A source that is not read, if nothing of its side is: then "none" would be a guess. Null if something of both sides is read. */
  get unreadSide(): string | null {
    const isUnread = this.cloud.length === 0 || this.network.length === 0;
    return (isUnread && this.gaps[0]) || null;
  }

  asset(ref: AssetRef): AssetRecord | null {
    this.#assets ??= new Map(this.#everyAsset());
    return this.#assets.get(refKey(ref)) ?? null;
  }

  /** The asset that a vertex (a global id) stands for; null for a placeholder. */
  assetOf(vertex: string): AssetRecord | null {
    const id = parseGlobalId(vertex);
    return id ? this.asset(id as AssetRef) : null;
  }

  /** Whether the arrows of a vertex are in here: not those of assets that were not read. */
  holds(vertex: string): boolean {
    const id = parseGlobalId(vertex);
    return !id || !ASSET_TYPES.has(id.type) || this.assetOf(vertex) !== null;
  }

  /** Every relation between all of this; null while some source's edges are unread, since a missing arrow would read as "none". */
  get arrows(): InventoryArrows | null {
    const isRead = this.gaps.length === 0 && this.cloud.every(({ edgesComplete }) => edgesComplete);
    if (isRead) this.#arrows ??= inventoryArrows(this);
    return this.#arrows;
  }

  get aliases(): AliasIndex {
    this.#aliases ??= createAliasIndex({
      accounts: this.cloud.flatMap(({ accounts }) => accounts),
      resources: this.cloud.flatMap(({ resources }) => [...resources.values()]),
      certificates: this.cloud.flatMap(({ findings }) => certificatesOf(findings.values())),
      networks: this.network.flatMap(({ networks }) => networks),
      subnets: this.network.flatMap(({ subnets }) => subnets),
      hosts: this.network.flatMap(({ hosts }) => [...hosts.values()]),
    });
    return this.#aliases;
  }

  get correlations(): CorrelationResult {
    const isComplete = ({ source }: Snapshot) => !this.gaps.includes(source);
    this.#correlations ??= correlate(
      this.cloud.map((snapshot) => cloudRecords(snapshot, isComplete(snapshot))),
      this.network.map((snapshot) => ({
        ...snapshot,
        hosts: [...snapshot.hosts.values()],
        complete: isComplete(snapshot),
      })),
      this.#rules,
    );
    return this.#correlations;
  }

  /** Links of one host or one resource, surest first. */
  linksOf(ref: AssetRef): readonly Correlation[] {
    this.#links ??= linksByEnd(this.correlations.links);
    return this.#links.get(refKey(ref)) ?? [];
  }

  *#everyAsset(): Iterable<[string, AssetRecord]> {
    for (const { resources } of this.cloud)
      for (const resource of resources.values()) yield [refKey(resource), resource];
    for (const { hosts } of this.network) {
      for (const host of hosts.values()) {
        yield [refKey(host), host];
        for (const service of host.services) yield [refKey(service), service];
      }
    }
  }
}

const cloudRecords = ({ source, resources, edges, findings }: CloudSnapshot, complete: boolean): CloudRecords => ({
  source,
  resources: [...resources.values()],
  edges: [...edges].flatMap(([fromId, of]) => of.map(({ target }) => ({ fromId, target }))),
  certificates: certificatesOf(findings.values()),
  complete,
});

const linksByEnd = (links: readonly Correlation[]): ReadonlyMap<string, readonly Correlation[]> => {
  const byEnd = new Map<string, Correlation[]>();
  for (const link of [...links].sort((a, b) => b.score - a.score)) {
    for (const end of [refKey(link.host), refKey(link.resource)]) getOrMake(byEnd, end, () => []).push(link);
  }
  return byEnd;
};

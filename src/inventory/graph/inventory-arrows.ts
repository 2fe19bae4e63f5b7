import type { AssetRef } from '#entities/dependency/model.ts';
import { encodeGlobalId, refKey } from '#lib/record-ref.ts';
import type { CorrelationResult } from '../correlation/correlate.ts';
import type { AliasIndex } from '../identifiers/alias-index.ts';
import { type Placeholder, placeholderOf } from '../identifiers/resolve-target.ts';
import type { CloudSnapshot, NetworkSnapshot } from '../snapshot/snapshot.ts';
import { type Arrow, Vertices } from './arrow.ts';
import { type ArrowIndex, indexArrows } from './arrow-index.ts';
import { cloudArrows } from './cloud-arrows.ts';
import { type NetworkEdgeEnd, networkEdges } from './network-edges.ts';

/** What relations are derived from: the snapshots of all sources, their index of names, and their correlation. */
export interface RelatedInventory {
  readonly cloud: readonly CloudSnapshot[];
  readonly network: readonly NetworkSnapshot[];
  readonly aliases: AliasIndex;
  readonly correlations: CorrelationResult;
}

/** Every relation of an inventory, and the vertices for which it has no record. Vertices are global ids. */
export interface InventoryArrows {
  readonly index: ArrowIndex;
  /** By vertex: a VPC, a subnet, an address behind a load balancer, … */
  readonly placeholders: ReadonlyMap<string, Placeholder>;
  /** Vertices whose own relations the source failed to send. */
  readonly unread: ReadonlySet<string>;
}

/**
 * Collects all relations: those that upstreams report, those that follow from names, and those between sources that the correlation
 * found. The target of an edge is the nearest resource that its identifier may mean; where there is none, a placeholder.
 */
export const inventoryArrows = (inventory: RelatedInventory): InventoryArrows => {
  const placeholders = new Map<string, Placeholder>();
  const vertices = new Vertices();
  const keep = (placeholder: Placeholder): string => {
    const vertex = vertices.of(placeholder);
    placeholders.set(vertex, placeholder);
    return vertex;
  };
  const arrows = [
    ...inventory.cloud.flatMap((snapshot) => cloudArrows(snapshot, inventory.aliases, vertices, keep)),
    ...inventory.network.flatMap((snapshot) => networkArrows(snapshot, vertices, keep)),
    ...correlationArrows(inventory),
  ];
  const unread = inventory.cloud.flatMap(({ resources, unreadEdges }) =>
    unreadEdges.flatMap((id) => resources.get(id) ?? []).map((row) => vertices.of(row)),
  );
  return { index: indexArrows(arrows), placeholders, unread: new Set(unread) };
};

const networkArrows = (snapshot: NetworkSnapshot, vertices: Vertices, keep: (of: Placeholder) => string): Arrow[] => {
  const known = assetsOf(snapshot);
  const vertexOf = ({ asset, target }: NetworkEdgeEnd): string =>
    asset && known.has(refKey(asset))
      ? vertices.of(asset)
      : keep(
          placeholderOf(target.kind, target.identifier, {
            source: snapshot.source,
            accountId: '',
            region: null,
            vpcId: null,
          }),
        );
  return networkEdges({ hosts: snapshot.hosts.values(), serviceDependencies: snapshot.serviceDependencies }).map(
    ({ from, to, kind, relationship }) => ({
      from: vertexOf(from),
      to: vertexOf(to),
      kind,
      relationship,
      confidence: 'CERTAIN',
    }),
  );
};

const assetsOf = ({ hosts }: NetworkSnapshot): ReadonlySet<string> =>
  new Set([...hosts.values()].flatMap((host) => [refKey(host), ...host.services.map(refKey)]));

/** Hosts that are resources, and load balancers that route to hosts. */
const correlationArrows = ({ correlations }: RelatedInventory): Arrow[] => [
  ...correlations.links.map(({ host, resource, confidence }) => observedAs(host, resource, confidence)),
  ...correlations.relations.flatMap(({ kind, host, other, confidence }): Arrow[] =>
    kind === 'ROUTES_TO'
      ? [{ from: encodeGlobalId(other), to: encodeGlobalId(host), kind, relationship: null, confidence }]
      : [],
  ),
];

export const observedAs = (host: AssetRef, resource: AssetRef, confidence: Arrow['confidence']): Arrow => ({
  from: encodeGlobalId(host),
  to: encodeGlobalId(resource),
  kind: 'OBSERVED_AS',
  relationship: null,
  confidence,
});

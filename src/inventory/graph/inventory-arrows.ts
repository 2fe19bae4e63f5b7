import type { AssetRef, Confidence, DependencyTargetModel } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { encodeGlobalId, type RecordRef, refKey } from '#lib/record-ref.ts';
import type { CorrelationResult } from '../correlation/correlate.ts';
import type { AliasIndex } from '../identifiers/alias-index.ts';
import { type Placeholder, placeholderOf, resolveTarget } from '../identifiers/resolve-target.ts';
import type { CloudSnapshot, NetworkSnapshot } from '../snapshot/snapshot.ts';
import { type Arrow, weaker } from './arrow.ts';
import { type ArrowIndex, indexArrows } from './arrow-index.ts';
import { derivedRelations, settleAttachments } from './cloud-arrows.ts';
import { type NetworkEdgeEnd, networkEdges } from './network-edges.ts';
import { relationOf } from './relations.ts';

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
  /** Vertices whose own relations the source failed to tell. */
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
  const reported = inventory.cloud.flatMap((snapshot) => [...cloudArrows(inventory, snapshot, vertices, keep)]);
  const arrows = settleAttachments(reported, volumeStates(inventory, vertices)).concat(
    inventory.network.flatMap((snapshot) => networkArrows(snapshot, vertices, keep)),
    correlationArrows(inventory),
  );
  const unread = inventory.cloud.flatMap(({ resources, unreadEdges }) =>
    unreadEdges.flatMap((id) => resources.get(id) ?? []).map((row) => vertices.of(row)),
  );
  return { index: indexArrows(arrows), placeholders, unread: new Set(unread) };
};

/** Makes the global id of each record once. Ids are long and every edge has two, so equal ones must be one text in memory. */
class Vertices {
  readonly #known = new Map<string, string>();

  of(record: RecordRef): string {
    const key = refKey(record);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const vertex = encodeGlobalId(record);
    this.#known.set(key, vertex);
    return vertex;
  }
}

const volumeStates = (inventory: RelatedInventory, vertices: Vertices): ((vertex: string) => string | null) => {
  const states = new Map<string, string | null>();
  for (const { resources } of inventory.cloud)
    for (const row of resources.values()) if (row.service === 'ebs') states.set(vertices.of(row), row.state);
  return (vertex) => states.get(vertex) ?? null;
};

function* cloudArrows(
  inventory: RelatedInventory,
  snapshot: CloudSnapshot,
  vertices: Vertices,
  keep: (of: Placeholder) => string,
): Iterable<Arrow> {
  const { aliases } = inventory;
  const targets = new TargetResolver(aliases, vertices, keep);
  for (const resource of snapshot.resources.values()) {
    const from = vertices.of(resource);
    const edges = snapshot.edges.get(resource.id) ?? [];
    const vpcId = edges.find(({ target }) => target.kind === 'vpc')?.target.identifier ?? null;
    for (const { target, relationship, confidence } of edges) {
      const { vertex: to, confidence: atMost } = targets.of(resource, target, vpcId);
      const { relation } = relationOf({ rawType: relationship, fromService: resource.service, toService: target.kind });
      yield { from, to, kind: relation.kind, relation, relationship, confidence: weaker(confidence, atMost) };
    }
    for (const { to, kind, confidence } of derivedRelations(resource, aliases)) {
      yield { from, to: vertices.of(to), kind, relationship: null, confidence };
    }
  }
}

interface ResolvedVertex {
  readonly vertex: string;
  readonly confidence: Confidence;
}

/** Resolves the targets of edges. Most resources of an account and region share their VPC, subnets and security groups, so each target is resolved once for all of them. */
class TargetResolver {
  readonly #known = new Map<string, ResolvedVertex>();
  readonly #aliases: AliasIndex;
  readonly #vertices: Vertices;
  readonly #keep: (of: Placeholder) => string;

  constructor(aliases: AliasIndex, vertices: Vertices, keep: (of: Placeholder) => string) {
    this.#aliases = aliases;
    this.#vertices = vertices;
    this.#keep = keep;
  }

  of(from: ResourceModel, target: DependencyTargetModel, vpcId: string | null): ResolvedVertex {
    const key = [from.accountId, from.region, vpcId, target.kind, target.identifier].join('\0');
    const known = this.#known.get(key);
    if (known) return known;
    const resolved = resolveTarget(this.#aliases, from, target);
    const resolvedVertex: ResolvedVertex = resolved
      ? { vertex: this.#vertices.of(resolved.resource), confidence: resolved.confidence }
      : { vertex: this.#keep(placeholderNear(from, target, vpcId)), confidence: 'CERTAIN' };
    this.#known.set(key, resolvedVertex);
    return resolvedVertex;
  }
}

export const placeholderNear = (
  { source, accountId, region }: Pick<ResourceModel, 'source' | 'accountId' | 'region'>,
  { kind, identifier }: DependencyTargetModel,
  vpcId: string | null,
): Placeholder => placeholderOf(kind, identifier, { source, accountId, region, vpcId });

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

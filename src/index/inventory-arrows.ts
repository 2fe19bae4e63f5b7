import type { AssetRef, DependencyTargetModel } from '#entities/dependency/model.ts';
import { type NetworkEdgeEnd, networkEdges } from '#entities/dependency/network-edges.ts';
import { relationOf } from '#entities/dependency/relations.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { type Arrow, weaker } from '#graph/arrow.ts';
import { type ArrowIndex, indexArrows } from '#graph/arrow-index.ts';
import { derivedRelations } from '#graph/derived-arrows.ts';
import { settleAttachments } from '#graph/stale-arrows.ts';
import { type Placeholder, placeholderOf } from '#identifiers/placeholder.ts';
import { resolveTarget } from '#identifiers/resolve-target.ts';
import { encodeGlobalId } from '#lib/global-id.ts';
import type { Inventory } from './inventory.ts';
import type { CloudPicture, NetworkPicture } from './picture.ts';

/** Every relation of an inventory, and the vertices that are in no inventory. Vertices are global ids. */
export interface InventoryArrows {
  readonly index: ArrowIndex;
  /** By vertex: a VPC, a subnet, an address behind a load balancer, … */
  readonly placeholders: ReadonlyMap<string, Placeholder>;
}

/** Reported, derived by name, and across sources. A target is the nearest row its identifier may mean, else a placeholder. */
export const inventoryArrows = (inventory: Inventory): InventoryArrows => {
  const placeholders = new Map<string, Placeholder>();
  const keep = (placeholder: Placeholder): string => {
    const vertex = encodeGlobalId(placeholder);
    placeholders.set(vertex, placeholder);
    return vertex;
  };
  const reported = inventory.cloud.flatMap((picture) => [...cloudArrows(inventory, picture, keep)]);
  const arrows = settleAttachments(reported, (vertex) => stateOf(inventory, vertex)).concat(
    inventory.network.flatMap((picture) => networkArrows(picture, keep)),
    acrossArrows(inventory),
  );
  return { index: indexArrows(arrows), placeholders };
};

function* cloudArrows(inventory: Inventory, picture: CloudPicture, keep: (of: Placeholder) => string): Iterable<Arrow> {
  const { aliases } = inventory;
  for (const resource of picture.resources.values()) {
    const from = encodeGlobalId(resource);
    const edges = picture.edges.get(resource.id) ?? [];
    const vpcId = edges.find(({ target }) => target.kind === 'vpc')?.target.identifier ?? null;
    for (const { target, relationship, confidence } of edges) {
      const resolved = resolveTarget(aliases, resource, target);
      const { relation } = relationOf({ rawType: relationship, fromService: resource.service, toService: target.kind });
      yield {
        from,
        to: resolved ? encodeGlobalId(resolved.resource) : keep(placeholderNear(resource, target, vpcId)),
        kind: relation.kind,
        relation,
        relationship,
        confidence: resolved ? weaker(confidence, resolved.confidence) : confidence,
      };
    }
    for (const { to, kind, confidence } of derivedRelations(resource, aliases)) {
      yield { from, to: encodeGlobalId(to), kind, relationship: null, confidence };
    }
  }
}

export const placeholderNear = (
  { source, accountId, region }: Pick<ResourceModel, 'source' | 'accountId' | 'region'>,
  { kind, identifier }: DependencyTargetModel,
  vpcId: string | null,
): Placeholder => placeholderOf(kind, identifier, { source, accountId, region, vpcId });

const networkArrows = (picture: NetworkPicture, keep: (of: Placeholder) => string): Arrow[] => {
  const known = assetsOf(picture);
  const vertexOf = ({ asset, target }: NetworkEdgeEnd): string =>
    asset && known.has(`${asset.type}:${asset.id}`)
      ? encodeGlobalId(asset)
      : keep(
          placeholderOf(target.kind, target.identifier, {
            source: picture.source,
            accountId: '',
            region: null,
            vpcId: null,
          }),
        );
  return networkEdges({ hosts: picture.hosts.values(), serviceDependencies: picture.serviceDependencies }).map(
    ({ from, to, kind, relationship }) => ({
      from: vertexOf(from),
      to: vertexOf(to),
      kind,
      relationship,
      confidence: 'CERTAIN',
    }),
  );
};

const assetsOf = ({ hosts }: NetworkPicture): ReadonlySet<string> =>
  new Set(
    [...hosts.values()].flatMap((host) => [`Host:${host.id}`, ...host.services.map(({ id }) => `Service:${id}`)]),
  );

/** The same thing seen twice, and load balancers whose targets are hosts by address. */
const acrossArrows = ({ correlations }: Inventory): Arrow[] => [
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

const stateOf = (inventory: Inventory, vertex: string): string | null => {
  const record = inventory.assetOf(vertex);
  return record?.type === 'Resource' ? record.state : null;
};

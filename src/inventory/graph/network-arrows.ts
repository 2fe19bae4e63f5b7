import type { AssetRef } from '#entities/dependency/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import { encodeGlobalId, refKey } from '#lib/record-ref.ts';
import type { Correlation, CrossRelation } from '../correlation/correlation.ts';
import type { MachineFacts } from '../facts.ts';
import { type Placeholder, placeholderOf } from '../identifiers/resolve-target.ts';
import type { Arrow, Vertices } from './arrow.ts';
import { type NetworkEdgeEnd, networkEdges } from './network-edges.ts';

interface NetworkSource {
  readonly source: string;
  readonly hosts: ReadonlyMap<string, MachineFacts>;
  readonly serviceDependencies: readonly ServiceDependencyModel[];
}

/** The relations of one network source. */
export const networkArrows = (
  { source, hosts, serviceDependencies }: NetworkSource,
  vertices: Vertices,
  keep: (of: Placeholder) => string,
): Arrow[] => {
  const known = new Set([...hosts.values()].flatMap((host) => [refKey(host), ...host.services.map(refKey)]));
  const scope = { source, accountId: '', region: null, vpcId: null };
  const vertexOf = ({ asset, target }: NetworkEdgeEnd): string =>
    asset && known.has(refKey(asset)) ? vertices.of(asset) : keep(placeholderOf(target.kind, target.identifier, scope));
  return networkEdges({ hosts: hosts.values(), serviceDependencies }).map(({ from, to, kind, relationship }) => ({
    from: vertexOf(from),
    to: vertexOf(to),
    kind,
    relationship,
    confidence: 'CERTAIN',
  }));
};

/** Hosts that are resources, and load balancers that route to hosts. */
export const correlationArrows = (links: readonly Correlation[], relations: readonly CrossRelation[]): Arrow[] => [
  ...links.map(({ host, resource, confidence }) => observedAs(host, resource, confidence)),
  ...relations.flatMap(({ kind, host, other, confidence }): Arrow[] =>
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

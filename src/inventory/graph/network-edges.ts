import type {
  AssetRef,
  DependencyEdgeModel,
  DependencyKind,
  DependencyTargetModel,
} from '#entities/dependency/model.ts';
import type { HostModel, NetworkInterfaceModel } from '#entities/host/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import { refKey } from '#lib/record-ref.ts';
import type { MachineFacts, ServiceFacts } from '../facts.ts';

/** One relation of the network side with both of its ends, in the direction the upstream reports. */
export interface NetworkEdge {
  /** Stable as long as the upstream keeps the row that contains the relation. */
  readonly id: string;
  readonly from: NetworkEdgeEnd;
  readonly to: NetworkEdgeEnd;
  readonly kind: DependencyKind;
  readonly relationship: string | null;
}

/** One end. `asset` is null where the upstream names something that cannot be traced to a record. */
export interface NetworkEdgeEnd {
  readonly asset: AssetRef | null;
  readonly target: DependencyTargetModel;
}

/** By the id of an interface: the other end of its link. */
export type Neighbors = ReadonlyMap<string, NonNullable<NetworkInterfaceModel['neighbor']>>;

/** The id of the record that owns a part (an interface, a binding); null where there is none. */
export type FindId = (id: string) => string | null;

const endOf = (type: 'Host' | 'Service', source: string, id: string): NetworkEdgeEnd => ({
  asset: { type, source, id },
  target: { kind: type, identifier: id },
});

/** A service runs on its host; a container is run by its runtime service. */
export const serviceEdges = (service: ServiceFacts): NetworkEdge[] => {
  const { source, id, hostId, virtualization } = service;
  const from = endOf('Service', source, id);
  const edges: NetworkEdge[] = [
    { id: `RUNS_ON:${id}`, from, to: endOf('Host', source, hostId), kind: 'RUNS_ON', relationship: null },
  ];
  if (virtualization?.serviceId) {
    const to = endOf('Service', source, virtualization.serviceId);
    edges.push({ id: `CONTAINERIZED_BY:${id}`, from, to, kind: 'CONTAINERIZED_BY', relationship: null });
  }
  return edges;
};

/** A virtual machine is run by its hypervisor's service; a port is cabled to another machine. */
export const hostEdges = (host: MachineFacts, hostOfInterface: FindId): NetworkEdge[] => {
  const from = endOf('Host', host.source, host.id);
  const edges: NetworkEdge[] = [];
  if (host.virtualization?.serviceId) {
    const to = endOf('Service', host.source, host.virtualization.serviceId);
    edges.push({ id: `VIRTUALIZED_BY:${host.id}`, from, to, kind: 'VIRTUALIZED_BY', relationship: null });
  }
  for (const { id, neighbor } of host.interfaces) {
    if (!neighbor) continue;
    const other = neighbor.kind === 'HOST' ? neighbor.id : hostOfInterface(neighbor.id);
    const to = other
      ? endOf('Host', host.source, other)
      : { asset: null, target: { kind: 'Interface', identifier: neighbor.id } };
    edges.push({ id: `LINKED_TO:${id}`, from, to, kind: 'LINKED_TO', relationship: 'neighbor' });
  }
  return edges;
};

/** The host with the neighbours of its interfaces added, where its own row does not contain them. */
export const withNeighbors = (host: HostModel, neighbors: Neighbors): HostModel => {
  if (!host.interfaces.some(({ id, neighbor }) => !neighbor && neighbors.has(id))) return host;
  const interfaces = host.interfaces.map((of) => ({ ...of, neighbor: of.neighbor ?? neighbors.get(of.id) ?? null }));
  return { ...host, interfaces };
};

/**
 * Each member of a request path calls the next; each spoke is a member of its hub, which is listed first. Two bindings of one
 * service are that service's own affair; a service that is declared to depend on itself has that edge.
 */
export const serviceDependencyEdges = (dependency: ServiceDependencyModel, serviceOfBinding: FindId): NetworkEdge[] => {
  const edges = memberEdges(dependency, serviceOfBinding);
  return dependency.members.by === 'SERVICE' ? edges : edges.filter(({ from, to }) => !isSameService(from, to));
};

const isSameService = (a: NetworkEdgeEnd, b: NetworkEdgeEnd): boolean => a.asset !== null && a.asset.id === b.asset?.id;

const memberEdges = (dependency: ServiceDependencyModel, serviceOfBinding: FindId): NetworkEdge[] => {
  const ends = dependency.members.ids.map((id) => memberEnd(dependency, id, serviceOfBinding));
  const [hub, ...spokes] = ends;
  const edge = (kind: DependencyKind, index: number, from: NetworkEdgeEnd, to: NetworkEdgeEnd): NetworkEdge => ({
    id: `${kind}:${dependency.id}:${index}`,
    from,
    to,
    kind,
    relationship: dependency.dependencyType === 'UNKNOWN' ? null : dependency.dependencyType.toLowerCase(),
  });
  switch (dependency.dependencyType) {
    case 'REQUEST_PATH':
      return spokes.map((to, i) => edge('CALLS', i, ends[i] ?? to, to));
    case 'HUB_AND_SPOKE':
      return hub ? spokes.map((spoke, i) => edge('MEMBER_OF_HUB', i, spoke, hub)) : [];
    case 'UNKNOWN':
      return spokes.map((to, i) => edge('OTHER', i, ends[i] ?? to, to));
  }
};

const memberEnd = (
  { source, members }: ServiceDependencyModel,
  id: string,
  serviceOfBinding: FindId,
): NetworkEdgeEnd => {
  const serviceId = members.by === 'SERVICE' ? id : serviceOfBinding(id);
  return serviceId ? endOf('Service', source, serviceId) : { asset: null, target: { kind: 'Binding', identifier: id } };
};

/** The records of one server that contain relations. */
export interface NetworkRelations {
  readonly hosts: Iterable<MachineFacts>;
  readonly serviceDependencies: Iterable<ServiceDependencyModel>;
}

/** Every relation of one server, from its hosts (which embed their services) and its declared dependencies. */
export const networkEdges = ({ hosts, serviceDependencies }: NetworkRelations): NetworkEdge[] => {
  const every = [...hosts];
  const hostOfInterface = hostFinder(every);
  const serviceOfBinding = serviceFinder(every.flatMap((host) => host.services));
  return [
    ...every.flatMap((host) => [...host.services.flatMap(serviceEdges), ...hostEdges(host, hostOfInterface)]),
    ...[...serviceDependencies].flatMap((dependency) => serviceDependencyEdges(dependency, serviceOfBinding)),
  ];
};

/** Which host has an interface. */
const hostFinder = (hosts: Iterable<MachineFacts>): FindId => {
  const owners = new Map<string, string>();
  for (const host of hosts) for (const { id } of host.interfaces) owners.set(id, host.id);
  return (id) => owners.get(id) ?? null;
};

/** Which service has a binding. */
export const serviceFinder = (services: Iterable<Pick<ServiceFacts, 'id' | 'bindings'>>): FindId => {
  const owners = new Map<string, string>();
  for (const service of services) for (const { id } of service.bindings) owners.set(id, service.id);
  return (id) => owners.get(id) ?? null;
};

const seenTowards = ({ id, kind, relationship }: NetworkEdge, other: NetworkEdgeEnd): DependencyEdgeModel => ({
  id,
  kind,
  relationship,
  asset: other.asset,
  target: other.target,
  confidence: 'CERTAIN',
});

/** Relations by their ends, each seen from the end that is asked for. */
export interface NetworkEdgeIndex {
  from(asset: AssetRef): readonly DependencyEdgeModel[];
  to(asset: AssetRef): readonly DependencyEdgeModel[];
}

export const indexEdges = (edges: readonly NetworkEdge[]): NetworkEdgeIndex => {
  const byFrom = Map.groupBy(edges, ({ from }) => (from.asset ? refKey(from.asset) : null));
  const byTo = Map.groupBy(edges, ({ to }) => (to.asset ? refKey(to.asset) : null));
  return {
    from: (asset) => (byFrom.get(refKey(asset)) ?? []).map((edge) => seenTowards(edge, edge.to)),
    to: (asset) => (byTo.get(refKey(asset)) ?? []).map((edge) => seenTowards(edge, edge.from)),
  };
};

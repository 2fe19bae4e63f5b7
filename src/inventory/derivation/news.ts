import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { type CorrelationConfig, DEFAULT_CORRELATION_CONFIG } from '../correlation/correlation-input.ts';
import type { EdgeFacts, MachineFacts, ResourceFacts, ServiceFacts } from '../facts.ts';
import { mayBeAddress } from '../identifiers/record-aliases.ts';
import { certificatesIn } from '../snapshot/derived.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import type { ResourceWithEdges, RowOfPart, SourceNews } from './messages.ts';

/** Rows that take about a millisecond to pack. */
const RESOURCES_AT_ONCE = 200;
const HOSTS_AT_ONCE = 40;
/** Rows that take as long to compare. */
const COMPARED_AT_ONCE = 4000;

/**
 * What a derivation has to be sent of a snapshot if it knows a former one of the source: rows that differ. Null where there is nothing
 * to send yet, so that whoever sends it can pause.
 */
export function* newsOf(
  former: Snapshot | null,
  snapshot: Snapshot,
  rules: Partial<CorrelationConfig>,
): Iterable<SourceNews | null> {
  if (snapshot.side === 'CLOUD') yield* cloudNews(former?.side === 'CLOUD' ? former : null, snapshot, rules);
  else yield* networkNews(former?.side === 'NETWORK' ? former : null, snapshot);
}

function* cloudNews(
  former: CloudSnapshot | null,
  snapshot: CloudSnapshot,
  rules: Partial<CorrelationConfig>,
): Iterable<SourceNews | null> {
  const { source, accounts, resources, edges, findings } = snapshot;
  yield* gone(source, former?.resources, resources, ({ accountId }) => accountId);
  const isRead = tagsRead(rules);
  const differs = (row: ResourceModel): boolean =>
    former?.resources.get(row.id) !== row || former.edges.get(row.id) !== edges.get(row.id);
  const pack = (row: ResourceModel): ResourceWithEdges => [
    factsOf(row, isRead),
    (edges.get(row.id) ?? []).map(
      ({ target, relationship, confidence }): EdgeFacts => ({ target, relationship, confidence }),
    ),
  ];
  for (const rows of packed(resources.values(), differs, pack, RESOURCES_AT_ONCE))
    yield rows === null ? null : { kind: 'RESOURCES', source, rows };
  yield {
    kind: 'HEAD',
    source,
    head: { side: 'CLOUD', accounts, certificates: [...certificatesIn(findings).values()] },
  };
}

function* networkNews(former: NetworkSnapshot | null, snapshot: NetworkSnapshot): Iterable<SourceNews | null> {
  const { source, networks, subnets, tags, discoveries, serviceDependencies, hosts } = snapshot;
  yield* gone(source, former?.hosts, hosts, ({ networkId }) => networkId);
  const differs = (host: HostModel): boolean => former?.hosts.get(host.id) !== host;
  for (const rows of packed(hosts.values(), differs, machineFacts, HOSTS_AT_ONCE))
    yield rows === null ? null : { kind: 'HOSTS', source, rows };
  yield {
    kind: 'HEAD',
    source,
    head: { side: 'NETWORK', networks, subnets, tags, discoveries, serviceDependencies },
  };
}

/** Rows that are gone, or have moved to another part. */
function* gone<R>(
  source: string,
  former: ReadonlyMap<string, R> | undefined,
  rows: ReadonlyMap<string, R>,
  partOf: (row: R) => string,
): Iterable<SourceNews | null> {
  const found: RowOfPart[] = [];
  let compared = 0;
  for (const [id, before] of former ?? []) {
    const row = rows.get(id);
    if (row !== before && (row === undefined || partOf(row) !== partOf(before))) found.push([partOf(before), id]);
    compared += 1;
    if (compared % COMPARED_AT_ONCE === 0) yield null;
  }
  if (found.length > 0) yield { kind: 'GONE', source, rows: found };
}

/** JSON of so many rows at a time that differ. */
function* packed<R>(
  rows: Iterable<R>,
  differs: (row: R) => boolean,
  pack: (row: R) => unknown,
  atOnce: number,
): Iterable<string | null> {
  let waiting: unknown[] = [];
  let compared = 0;
  for (const row of rows) {
    compared += 1;
    if (differs(row)) waiting.push(pack(row));
    if (waiting.length === atOnce) {
      yield JSON.stringify(waiting);
      waiting = [];
    } else if (compared % COMPARED_AT_ONCE === 0) yield null;
  }
  if (waiting.length > 0) yield JSON.stringify(waiting);
}

/** Tags that no rule and no alias reads are most of what rows contain. */
const tagsRead = (rules: Partial<CorrelationConfig>): ((tag: ResourceModel['tags'][number]) => boolean) => {
  const { hostIdTag, notHostIdTag, addressTags } = { ...DEFAULT_CORRELATION_CONFIG, ...rules };
  const keys = new Set(['Name', hostIdTag, notHostIdTag, ...addressTags]);
  return ({ key, value }) => keys.has(key) || mayBeAddress(value);
};

const factsOf = (row: ResourceModel, isRead: (tag: ResourceModel['tags'][number]) => boolean): ResourceFacts => {
  const { type, source, id, accountId, resourceId, service, region, name, state, tags, lastSeenAt } = row;
  return {
    type,
    source,
    id,
    accountId,
    resourceId,
    service,
    region,
    name,
    state,
    tags: tags.filter(isRead),
    lastSeenAt,
  };
};

const machineFacts = (host: HostModel): MachineFacts => {
  const { type, source, id, networkId, name, hostname, sysName, lastSeenAt, updatedAt, tagIds } = host;
  return {
    type,
    source,
    id,
    networkId,
    name,
    hostname,
    sysName,
    lastSeenAt,
    updatedAt,
    tagIds,
    virtualization: runBy(host.virtualization),
    addresses: host.addresses.map(({ address, macAddress, subnetId }) => ({ address, macAddress, subnetId })),
    interfaces: host.interfaces.map(({ id: of, macAddress, neighbor }) => ({ id: of, macAddress, neighbor })),
    ports: host.ports.map(({ id: of, number }) => ({ id: of, number })),
    services: host.services.map(serviceFacts),
  };
};

const serviceFacts = (service: ServiceModel): ServiceFacts => {
  const { type, source, id, networkId, hostId, name, definition } = service;
  return {
    type,
    source,
    id,
    networkId,
    hostId,
    name,
    definition,
    virtualization: runBy(service.virtualization),
    bindings: service.bindings.map(({ id: of, portId }) => ({ id: of, portId })),
  };
};

const runBy = (of: HostModel['virtualization']): MachineFacts['virtualization'] =>
  of && { name: of.name, serviceId: of.serviceId };

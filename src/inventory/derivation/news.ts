import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { type CorrelationConfig, DEFAULT_CORRELATION_CONFIG } from '../correlation/correlation-input.ts';
import type { EdgeFacts, MachineFacts, ResourceFacts, ServiceFacts } from '../facts.ts';
import { mayBeAddress } from '../identifiers/record-aliases.ts';
import { certificatesIn } from '../snapshot/derived.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { areSameEdges, isOnlySeenAgain } from './compare-rows.ts';
import { differing } from './differing-rows.ts';
import type { ResourceRows, SourceNews } from './messages.ts';

/** Rows that take about a millisecond to pack. */
const RESOURCES_AT_ONCE = 200;
const HOSTS_AT_ONCE = 40;

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
  const partOf = ({ accountId }: ResourceModel) => accountId;
  const isRead = tagsRead(rules);
  const pack = (row: ResourceModel, before: ResourceModel | null): ResourceRows[number] | null => {
    const isKnown = before !== null && partOf(before) === partOf(row);
    const [formerEdges = [], ownEdges = []] = [isKnown ? former?.edges.get(row.id) : [], edges.get(row.id)];
    const isRelatedAlike = isKnown && (former?.edges === edges || areSameEdges(formerEdges, ownEdges));
    if (row === before && isRelatedAlike) return null;
    if (isKnown && isRelatedAlike && isOnlySeenAgain(before, row))
      return before.lastSeenAt === row.lastSeenAt ? null : [row.accountId, row.id, row.lastSeenAt];
    return [factsOf(row, isRead), isRelatedAlike ? null : ownEdges.map(edgeFacts)];
  };
  for (const { rows, gone } of differing(former?.resources, resources, partOf, pack, RESOURCES_AT_ONCE)) {
    if (rows) yield { kind: 'RESOURCES', source, rows };
    else yield gone && { kind: 'GONE', source, rows: gone };
  }
  yield {
    kind: 'HEAD',
    source,
    head: { side: 'CLOUD', accounts, certificates: [...certificatesIn(findings).values()] },
  };
}

function* networkNews(former: NetworkSnapshot | null, snapshot: NetworkSnapshot): Iterable<SourceNews | null> {
  const { source, networks, subnets, tags, discoveries, serviceDependencies, hosts } = snapshot;
  const pack = (host: HostModel, before: HostModel | null) => (host === before ? null : machineFacts(host));
  for (const { rows, gone } of differing(former?.hosts, hosts, ({ networkId }) => networkId, pack, HOSTS_AT_ONCE)) {
    if (rows) yield { kind: 'HOSTS', source, rows };
    else yield gone && { kind: 'GONE', source, rows: gone };
  }
  yield {
    kind: 'HEAD',
    source,
    head: { side: 'NETWORK', networks, subnets, tags, discoveries, serviceDependencies },
  };
}

const edgeFacts = ({ target, relationship, confidence }: ResourceEdge): EdgeFacts => ({
  target,
  relationship,
  confidence,
});

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

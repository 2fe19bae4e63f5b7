import { createWorld } from '#demo/world/world.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { ResourceModel, ResourceSummary } from '#entities/resource/model.ts';
import { relationOf } from '#inventory/graph/relations.ts';
import { Inventory } from '#inventory/inventory.ts';
import { emptyCloudSnapshot, emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { snapshotEncoding } from '#inventory/snapshot/snapshot-file.ts';
import { snapshotsOf } from '../test/unit/inventory/correlation/world-snapshots.ts';

const EDGES_PER_RESOURCE = 3;
const HOSTS_PER_RESOURCE = 0.1;

/**
 * An invented company as its indexes hold it after a start, with further groups around its machines until it has three edges a resource.
 * Its snapshots were written and read as their files are: what makes them up shares nothing, and is gone.
 */
export const scaleInventory = async (resources: number): Promise<{ inventory: Inventory; edges: number }> => {
  const { snapshots, edges } = inventedSnapshots(resources);
  const encoding = snapshotEncoding<Snapshot>('bench');
  const read = await Promise.all(snapshots.map(async (one) => encoding.decode(await encoding.encode(one))));
  return {
    inventory: new Inventory(
      read.filter((snapshot) => snapshot !== null),
      [],
    ),
    edges,
  };
};

/** An invented company with that many resources, a tenth as many hosts, and three edges a resource. */
export const inventedSnapshots = (
  resources: number,
  now = Date.now(),
): { snapshots: readonly [CloudSnapshot, NetworkSnapshot]; edges: number } => {
  const world = createWorld({ seed: 3, resources, hosts: Math.round(resources * HOSTS_PER_RESOURCE), now });
  const { cloud, network } = snapshotsOf(world);
  const rows = new Map(cloud.resources.map((row) => [row.id, row]));
  const rowByName = new Map(cloud.resources.map((row) => [`${row.accountId} ${row.resourceId}`, row]));
  const edges = new Map<string, ResourceEdge[]>();
  let count = 0;
  const put = (fromId: string, edge: ResourceEdge): void => {
    const known = edges.get(fromId);
    if (known) known.push(edge);
    else edges.set(fromId, [edge]);
    count += 1;
  };
  const reported = (fromId: string, id: string, rawType: string, target: ResourceEdge['target']): ResourceEdge => {
    const from = rows.get(fromId);
    const { kind } = relationOf({ rawType, fromService: from?.service ?? '', toService: target.kind });
    const row = rowByName.get(`${from?.accountId} ${target.identifier}`);
    return { id, target, resource: row ? summaryOf(row) : null, kind, relationship: rawType, confidence: 'CERTAIN' };
  };
  for (const { id, fromId, relationshipType, targetService, targetResourceId } of world.cloud.edges)
    put(fromId, reported(fromId, id, relationshipType, { kind: targetService, identifier: targetResourceId }));
  const groups = Map.groupBy(
    cloud.resources.filter(({ service }) => service === 'security_group'),
    ({ accountId }) => accountId,
  );
  const machines = cloud.resources.filter(({ service }) => service === 'ec2' || service === 'eni');
  for (let i = 0; count < resources * EDGES_PER_RESOURCE; i += 1) {
    const machine = machines[i % machines.length];
    const near = groups.get(machine?.accountId ?? '') ?? [];
    const group = near[(i * 7919) % Math.max(1, near.length)];
    if (!machine || !group) continue;
    const target = { kind: group.service, identifier: group.resourceId };
    put(machine.id, reported(machine.id, `more-${i}`, 'uses_sg', target));
  }
  const readAt = new Date().toISOString();
  const cloudSnapshot: CloudSnapshot = {
    ...emptyCloudSnapshot(cloud.source, readAt),
    accounts: world.cloud.accounts.map((account) => ({
      ...account,
      type: 'CloudAccount',
      source: cloud.source,
      status: 'OK',
      updatedAt: account.createdAt,
    })),
    resources: rows,
    edges,
    edgesComplete: true,
  };
  const networkSnapshot: NetworkSnapshot = {
    ...emptyNetworkSnapshot(network.source, readAt),
    subnets: network.subnets,
    tags: network.tags,
    hosts: new Map(network.hosts.map((host) => [host.id, host])),
  };
  return { snapshots: [cloudSnapshot, networkSnapshot], edges: count };
};

/** What an edge says of its other end. */
const summaryOf = ({ type, source, id, resourceId, service, region, name, state }: ResourceModel): ResourceSummary => ({
  type,
  source,
  id,
  resourceId,
  service,
  region,
  name,
  state,
});

import type { WorldEdge, WorldResource } from '#demo/world/cloud-world.ts';
import type { WorldHost } from '#demo/world/network-world.ts';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';

/** The company in the tests of the graph, and the names of its records in answers. */
export const world = createWorld({ seed: 1 });
export const { resources, edges } = world.cloud;
export const { hosts } = world.network;
export const resourceByRowId: ReadonlyMap<string, WorldResource> = new Map(resources.map((row) => [row.id, row]));
export const hostByRowId: ReadonlyMap<string, WorldHost> = new Map(hosts.map((row) => [row.id, row]));

export const resourceIdOf = (id: string): string => encodeGlobalId({ type: 'Resource', source: 'scanorbit', id });
export const hostIdOf = (id: string): string => encodeGlobalId({ type: 'Host', source: 'scanopy', id });
export const serviceIdOf = (id: string): string => encodeGlobalId({ type: 'Service', source: 'scanopy', id });

/** @throws when the company lacks what a test is about. */
export const some = <T>(row: T | null | undefined, what: string): T => {
  if (row === null || row === undefined) throw new Error(`The demo world has no ${what}.`);
  return row;
};

export const edgesFrom = (id: string, type?: string): readonly WorldEdge[] =>
  edges.filter(({ fromId, relationshipType }) => fromId === id && (!type || relationshipType === type));
/** Of edges that start in the same account: a bare identifier means something else in another. */
export const edgesTo = ({ resourceId, accountId }: WorldResource, type?: string): readonly WorldEdge[] =>
  edges.filter(
    ({ fromId, targetResourceId, relationshipType }) =>
      targetResourceId === resourceId &&
      resourceByRowId.get(fromId)?.accountId === accountId &&
      (!type || relationshipType === type),
  );

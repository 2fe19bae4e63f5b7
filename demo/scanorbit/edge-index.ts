import type { CloudWorld, WorldEdge, WorldResource } from '../world/cloud-world.ts';
import type { Edition } from './edition.ts';
import type { LiveWorld } from './live-world.ts';

/** Edges as the product finds them: by the bare identifier, whatever account or region it belongs to. */
export interface EdgeIndex {
  edgesFrom(id: string): readonly WorldEdge[];
  /** Edges that name this provider id as their target. */
  edgesTo(resourceId: string): readonly WorldEdge[];
  /** The row that an edge's target names; where several have that id, the first written, for no better reason. */
  idByTarget(targetResourceId: string): string | undefined;
  /** The same by the identifier that this edition sends. */
  idByResourceId(resourceId: string): string | undefined;
}

export function createEdgeIndex(world: CloudWorld, sentIdOf: (row: WorldResource) => string): EdgeIndex {
  const from = Map.groupBy(world.edges, (edge) => edge.fromId);
  const to = Map.groupBy(world.edges, (edge) => edge.targetResourceId);
  const byTarget = firstIdBy(world.resources, (row) => row.resourceId);
  const bySentId = firstIdBy(world.resources, sentIdOf);
  return {
    edgesFrom: (id) => from.get(id) ?? [],
    edgesTo: (resourceId) => to.get(resourceId) ?? [],
    idByTarget: (targetResourceId) => byTarget.get(targetResourceId),
    idByResourceId: (resourceId) => bySentId.get(resourceId),
  };
}

function firstIdBy(rows: readonly WorldResource[], keyOf: (row: WorldResource) => string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (!ids.has(key)) ids.set(key, row.id);
  }
  return ids;
}

/** What every route answers from. */
export interface RouteContext {
  readonly live: LiveWorld;
  readonly edition: Edition;
  readonly edges: EdgeIndex;
  /** Rows of one instant come in another order for every combination of parameters, as from a database without tie-breaker. */
  readonly hasTies: boolean;
}

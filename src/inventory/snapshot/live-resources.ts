import type { ResourceEdge } from '#entities/dependency/model.ts';
import { RESOURCE_FACTS, type ResourceAnswer, type ResourceModel } from '#entities/resource/model.ts';
import { changesBetween, isChanged } from './changes.ts';
import type { CloudSnapshot, Snapshot } from './snapshot.ts';

/** Rows of a source that callers have read since the index was built, as corrections of its snapshot. */
export interface Corrections<P extends Snapshot> {
  /** The snapshot with what was read since the last call; the same object if nothing differs. */
  apply(snapshot: P): P;
  /**
   * The same for a snapshot that was just built, with everything read since the previous build, because this build may have begun before
   * that. Afterwards all of it is forgotten.
   */
  settle(snapshot: P): P;
}

/**
 * The newest answer that callers got about each resource. What the index reads itself is in the snapshot that it builds, so an earlier
 * answer about the same resource is forgotten.
 */
export class LiveResources implements Corrections<CloudSnapshot> {
  /** By row id, or by whatever name the source did not find. */
  readonly #known = new Map<string, LiveResource>();
  readonly #isNew = new Set<string>();

  note({ rows, missing, givenAt, isForIndex }: ResourceAnswer): void {
    for (const row of rows) {
      this.#forget(row.resourceId);
      if (isForIndex) this.#forget(row.id);
      else this.#learn(row.id, { name: row.id, row, givenAt });
    }
    if (missing !== null) this.#learn(missing, { name: missing, row: null, givenAt });
  }

  apply(snapshot: CloudSnapshot): CloudSnapshot {
    if (this.#isNew.size === 0) return snapshot;
    const learned = [...this.#isNew].flatMap((name) => this.#known.get(name) ?? []);
    this.#isNew.clear();
    return correctSnapshot(snapshot, learned);
  }

  settle(snapshot: CloudSnapshot): CloudSnapshot {
    const learned = [...this.#known.values()];
    this.#known.clear();
    this.#isNew.clear();
    return correctSnapshot(snapshot, learned);
  }

  #learn(name: string, of: LiveResource): void {
    this.#known.set(name, of);
    this.#isNew.add(name);
  }

  #forget(name: string): void {
    this.#known.delete(name);
    this.#isNew.delete(name);
  }
}

/** What an answer says about one resource. */
export interface LiveResource {
  /** Row id, or AWS identifier. */
  readonly name: string;
  /** Null: the source has none of that name. */
  readonly row: ResourceModel | null;
  /** Epoch milliseconds. */
  readonly givenAt: number;
}

/**
 * The snapshot with rows replaced or left out where a later answer differs from them; the same object if none does. Rows that it does not
 * contain are not added, because their relations are unknown.
 */
const correctSnapshot = (snapshot: CloudSnapshot, learned: readonly LiveResource[]): CloudSnapshot => {
  const replaced = new Map(changedRows(snapshot, learned).map((row) => [row.id, row]));
  const gone = goneRows(snapshot, learned);
  if (replaced.size + gone.size === 0) return snapshot;
  const resources = new Map(snapshot.resources);
  for (const [id, row] of replaced) resources.set(id, row);
  for (const id of gone) resources.delete(id);
  const readAt = new Date(Math.max(...learned.map(({ givenAt }) => givenAt))).toISOString();
  return {
    ...snapshot,
    resources,
    ...(gone.size > 0 && relationsWithout(snapshot, gone)),
    changes: changesBetween(
      RESOURCE_FACTS,
      { ...snapshot, rows: rowsOf(snapshot.resources, [...replaced.keys(), ...gone]) },
      { readAt, rows: rowsOf(resources, replaced.keys()) },
    ),
  };
};

const rowsOf = (rows: CloudSnapshot['resources'], ids: Iterable<string>): CloudSnapshot['resources'] => {
  const found = new Map<string, ResourceModel>();
  for (const id of ids) {
    const row = rows.get(id);
    if (row) found.set(id, row);
  }
  return found;
};

const changedRows = (snapshot: CloudSnapshot, learned: readonly LiveResource[]): readonly ResourceModel[] =>
  learned.flatMap(({ row, givenAt }) => {
    const known = row && snapshot.resources.get(row.id);
    return known && wasReadBefore(snapshot, known, givenAt) && isChanged(RESOURCE_FACTS, known, row) ? [row] : [];
  });

/** Ids of rows that the source did not find, whichever way it was asked. */
const goneRows = (snapshot: CloudSnapshot, learned: readonly LiveResource[]): ReadonlySet<string> => {
  const missing = new Map(learned.filter(({ row }) => row === null).map(({ name, givenAt }) => [name, givenAt]));
  const gone = new Set<string>();
  if (missing.size === 0) return gone;
  for (const row of snapshot.resources.values()) {
    const givenAt = missing.get(row.id) ?? missing.get(row.resourceId);
    if (givenAt !== undefined && wasReadBefore(snapshot, row, givenAt)) gone.add(row.id);
  }
  return gone;
};

/** Answers that are shared between processes may be older than the snapshot. */
const wasReadBefore = ({ accountReadAt }: CloudSnapshot, { accountId }: ResourceModel, givenAt: number): boolean =>
  givenAt > (Date.parse(accountReadAt.get(accountId) ?? '') || 0);

const relationsWithout = (
  { edges, unreadEdges }: CloudSnapshot,
  gone: ReadonlySet<string>,
): Pick<CloudSnapshot, 'edges' | 'unreadEdges'> => {
  const kept = new Map<string, readonly ResourceEdge[]>();
  for (const [id, of] of edges) if (!gone.has(id)) kept.set(id, withoutEnds(of, gone));
  return { edges: kept, unreadEdges: unreadEdges.filter((id) => !gone.has(id)) };
};

/** An edge to a row that is gone is kept, but has only the identifier as its target. */
const withoutEnds = (edges: readonly ResourceEdge[], gone: ReadonlySet<string>): readonly ResourceEdge[] =>
  edges.some(({ resource }) => resource && gone.has(resource.id))
    ? edges.map((edge) => (edge.resource && gone.has(edge.resource.id) ? { ...edge, resource: null } : edge))
    : edges;

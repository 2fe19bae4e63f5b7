import { z } from 'zod';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import { relationOf } from '#inventory/graph/relations.ts';
import type { EdgeOwner } from '../cloud-client.ts';
import { rowId } from '../wire-values.ts';
import type { ReadRow } from './calls.ts';
import { resourceRow, toResource } from './wire-resource.ts';
import { optionalText } from './wire-values.ts';

export type EdgeEnd = 'dependencies' | 'dependents';

const neighbour = z.object({ id: rowId, name: optionalText, region: optionalText, state: optionalText });

const dependencyRow = z.object({
  id: rowId,
  targetResourceId: z.string().min(1),
  targetService: z.string(),
  relationshipType: z.string(),
  targetResource: neighbour.nullish(),
});

const dependentRow = z.object({
  id: rowId,
  sourceResourceId: rowId,
  sourceService: z.string(),
  relationshipType: z.string(),
  sourceResource: neighbour.extend({ resourceId: z.string().min(1), service: z.string() }).nullish(),
});

/** A dependency, a dependent, or (documented edition) the whole resource at the other end. */
const edgeRow = z.union([dependencyRow, dependentRow, resourceRow]);
type EdgeRow = z.output<typeof edgeRow>;

const isTyped = (row: EdgeRow): row is z.output<typeof dependencyRow> | z.output<typeof dependentRow> =>
  'relationshipType' in row;

/** The other end as the answer shows it, and who of the two is the source of the relation. */
interface ReadEnd {
  readonly id: string;
  readonly target: ResourceEdge['target'];
  readonly resource: ResourceEdge['resource'];
  readonly rawType: string | null;
}

const ofDependency = (source: string, row: z.output<typeof dependencyRow>): ReadEnd => {
  const named = { resourceId: row.targetResourceId, service: row.targetService };
  return {
    id: row.id,
    target: { kind: named.service, identifier: named.resourceId },
    resource: row.targetResource ? { type: 'Resource', source, ...named, ...row.targetResource } : null,
    rawType: row.relationshipType,
  };
};

const ofDependent = (source: string, row: z.output<typeof dependentRow>): ReadEnd => ({
  id: row.id,
  target: { kind: row.sourceService, identifier: row.sourceResource?.resourceId ?? row.sourceResourceId },
  resource: row.sourceResource ? { type: 'Resource', source, ...row.sourceResource } : null,
  rawType: row.relationshipType,
});

/** Such an edge has no id of its own: it is named by its two ends, alike from either. */
const ofResource = (source: string, owner: EdgeOwner, end: EdgeEnd, row: z.output<typeof resourceRow>): ReadEnd => ({
  id: end === 'dependencies' ? `${owner.id}>${row.id}` : `${row.id}>${owner.id}`,
  target: { kind: row.service, identifier: row.resourceId },
  resource: toResource(source, row),
  rawType: null,
});

export const readEdge =
  (owner: EdgeOwner, end: EdgeEnd): ReadRow<ResourceEdge> =>
  (source, raw) => {
    const read = readEnd(source, owner, end, edgeRow.parse(raw));
    const [from, to] = end === 'dependencies' ? [owner.service, read.target.kind] : [read.target.kind, owner.service];
    const { kind, inferred } = relationOf({ rawType: read.rawType, fromService: from, toService: to });
    const { id, target, resource, rawType } = read;
    return { id, target, resource, kind, relationship: rawType, confidence: inferred ? 'HIGH' : 'CERTAIN' };
  };

const readEnd = (source: string, owner: EdgeOwner, end: EdgeEnd, row: EdgeRow): ReadEnd => {
  if (!isTyped(row)) return ofResource(source, owner, end, row);
  return 'targetResourceId' in row ? ofDependency(source, row) : ofDependent(source, row);
};

import { firstAtLeast } from '#lib/hash-index.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';

/** Everything by which a row is found and chosen as a target. */
export const namesOf = ({ resourceId, service, region, name, tags }: ResourceFacts): string =>
  JSON.stringify([resourceId, service, region, name, tags]);

/** Whether two readings of a row with the same names have the same relations: it may only have been seen again. The state of a volume says whether it is attached. */
export const isRelatedAlike = (
  before: ResourceFacts,
  row: ResourceFacts,
  formerEdges: readonly EdgeFacts[],
  edges: readonly EdgeFacts[],
): boolean =>
  (row.service !== 'ebs' || before.state === row.state) && JSON.stringify(formerEdges) === JSON.stringify(edges);

export const shares = (sorted: Uint32Array, others: Uint32Array): boolean =>
  others.some((other) => sorted[firstAtLeast(sorted, other)] === other);

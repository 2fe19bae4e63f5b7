import { lastSegment } from '../identifiers/arn.ts';
import type { PairFile } from './collector.ts';
import type { WhyNotCode } from './correlation.ts';
import { timeOf } from './host-facts.ts';

const ENDED = new Set(['terminated', 'shutting-down', 'deleted']);
const NOWHERE = new Set(['', 'global', 'unknown']);

/** Contradictions that no evidence outweighs, save an operator's word. */
export function vetoesOf({ facts, resource }: PairFile): readonly WhyNotCode[] {
  const vetoes: WhyNotCode[] = [];
  const { instanceIds, regions } = facts;
  if (resource.service === 'ec2' && instanceIds.length > 0) {
    const isThis = instanceIds.length === 1 && instanceIds[0] === lastSegment(resource.resourceId).toLowerCase();
    if (!isThis) vetoes.push('CONTRADICTION(instanceId)');
  }
  // A database row may stand for two of one name, and then shows the region that was seen first.
  const hasRegion = resource.region !== null && !NOWHERE.has(resource.region) && resource.service !== 'rds';
  if (hasRegion && regions.size > 0 && !regions.has(resource.region ?? '')) vetoes.push('CONTRADICTION(region)');
  if (ENDED.has(resource.state ?? '')) vetoes.push('CONTRADICTION(state)');
  return vetoes;
}

/** The side that was not seen while the other was. */
export function staleSide({ facts, resource }: PairFile): WhyNotCode {
  const resourceSeenAt = timeOf(resource.lastSeenAt) ?? 0;
  return (facts.seenAt ?? 0) < resourceSeenAt ? 'STALE(host)' : 'STALE(resource)';
}

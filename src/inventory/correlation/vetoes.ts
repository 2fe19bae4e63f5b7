import { lastSegment } from '../identifiers/arn.ts';
import type { CandidatePair } from './collector.ts';
import type { WhyNotCode } from './correlation.ts';
import { timeOf } from './host-facts.ts';

const ENDED = new Set(['terminated', 'shutting-down', 'deleted']);
const NOWHERE = new Set(['', 'global', 'unknown']);

/** Contradictions that rule a pair out whatever its evidence, unless an operator has linked it. */
export function vetoesOf({ facts, resource }: CandidatePair): readonly WhyNotCode[] {
  const vetoes: WhyNotCode[] = [];
  const { instanceIds, regions } = facts;
  if (resource.service === 'ec2' && instanceIds.length > 0) {
    const isThis = instanceIds.length === 1 && instanceIds[0] === lastSegment(resource.resourceId).toLowerCase();
    if (!isThis) vetoes.push('CONTRADICTION(instanceId)');
  }
  // ScanOrbit keeps one row for two databases of one name, with the region of the one it saw first. So a database's region proves nothing.
  const hasRegion = resource.region !== null && !NOWHERE.has(resource.region) && resource.service !== 'rds';
  if (hasRegion && regions.size > 0 && !regions.has(resource.region ?? '')) vetoes.push('CONTRADICTION(region)');
  if (ENDED.has(resource.state ?? '')) vetoes.push('CONTRADICTION(state)');
  return vetoes;
}

/** Which of the two has not been seen for longer. */
export function staleSide({ facts, resource }: CandidatePair): WhyNotCode {
  const resourceSeenAt = timeOf(resource.lastSeenAt) ?? 0;
  return (facts.seenAt ?? 0) < resourceSeenAt ? 'STALE(host)' : 'STALE(resource)';
}

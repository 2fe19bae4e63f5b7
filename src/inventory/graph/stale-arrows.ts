import { type Arrow, weaker } from './arrow.ts';
import { relationOf } from './relations.ts';

const VOLUME_ATTACHMENT = relationOf({ rawType: 'attached_to', fromService: 'ebs', toService: 'ec2' }).relation;

/**
 * The upstream never takes an edge back. An attachment of a volume that is reported as unattached is dropped; of a volume
 * that seems to hang on several instances at least one is old, and since nobody knows which, all become MEDIUM.
 */
export function settleAttachments(
  arrows: readonly Arrow[],
  stateOf: (vertex: string) => string | null,
): readonly Arrow[] {
  const live = arrows.filter((arrow) => arrow.relation !== VOLUME_ATTACHMENT || stateOf(arrow.from) !== 'unattached');
  const holders = new Map<string, Set<string>>();
  for (const { relation, from, to } of live) {
    if (relation === VOLUME_ATTACHMENT) holders.set(from, (holders.get(from) ?? new Set()).add(to));
  }
  return live.map((arrow) => {
    const isShared = arrow.relation === VOLUME_ATTACHMENT && (holders.get(arrow.from)?.size ?? 0) > 1;
    return isShared ? { ...arrow, confidence: weaker(arrow.confidence, 'MEDIUM') } : arrow;
  });
}

import { type Arrow, weaker } from './arrow.ts';
import { relationOf } from './relations.ts';

const VOLUME_ATTACHMENT = relationOf({ rawType: 'attached_to', fromService: 'ebs', toService: 'ec2' }).relation;

/**
 * Corrects attachments of volumes that no longer hold. ScanOrbit never removes an edge. The attachment of a volume whose state is
 * unattached is dropped. A volume that is attached to several instances has at least one edge that no longer holds; since it is not
 * known which, all of them become MEDIUM.
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
